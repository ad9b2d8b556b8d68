// Inputs that a handler understands: from `tests/conformance.json`, else by the plugin's type.

import { outcomeOf } from 'daino:internal/suite/claims';
import { callHandler, handlerOf } from 'daino:internal/suite/handlers';
import { about, fill, plan } from 'daino:internal/suite/plan';

const METHODS = {
  processPayment: { orderId: 'order-{{n}}', amount: 1999, currency: 'EUR', token: 'tok_test', idempotencyKey: 'pay-{{n}}' },
  refund: { transactionId: '{{transactionId}}' },
  webhook: { rawBody: '{"id":"evt_{{n}}","type":"charge.succeeded"}', headers: { 'content-type': 'application/json' } },
  track: { event: 'page.view', subject: '/products/{{n}}' },
  report: { from: '{{today}}', to: '{{today}}' },
  calculateRates: { country: 'IT', postalCode: '10121', subtotal: 4000, currency: 'EUR', items: [{ sku: 'sku-1', weight: 500, quantity: 2, price: 2000 }] },
  createShipment: {
    orderId: 'order-{{n}}', service: 'standard', weight: 800,
    address: { name: 'Jane Roe', street: 'Via Roma 1', city: 'Torino', postalCode: '10121', country: 'IT' },
  },
};

const ORDER = {
  id: 'order-{{n}}', order_number: 'ORD-{{n}}', status: 'processing', payment_status: 'pending', total_amount: '19.99', currency: 'EUR',
  customer_email: 'jane.roe@shop.example', customer_id: 'customer-1', items: [{ product_id: 'product-1', sku: 'sku-1', quantity: 1, price: '19.99' }],
  shipping_address: { name: 'Jane Roe', street: 'Via Roma 1', city: 'Torino', postalCode: '10121', country: 'IT' },
};

function hookSample(name) {
  if (/^page\./.test(name)) return { path: '/products/{{n}}?q=shoes', title: 'Products', user: { id: 'customer-1', email: 'jane.roe@shop.example' } };
  if (/^product\./.test(name)) return { product: { id: 'product-{{n}}', name: 'Shoe', price: '19.99', sku: 'sku-1' }, user: { id: 'customer-1', email: 'jane.roe@shop.example' } };
  if (/^(user|customer)\./.test(name)) return { user: { id: 'customer-{{n}}', email: 'jane.roe@shop.example', first_name: 'Jane', last_name: 'Roe' }, customer: { id: 'customer-{{n}}', email: 'jane.roe@shop.example' } };
  if (/^cart\./.test(name)) return { cart: { id: 'cart-{{n}}', items: ORDER.items, total: '19.99' }, session_id: 'session-1' };
  if (/^shipment\./.test(name)) return { shipment: { id: 'shipment-{{n}}', order_id: 'order-{{n}}', tracking_number: 'T-1' }, order: ORDER };
  return { order: ORDER, orderId: 'order-{{n}}' };
}

const routeSample = () => ({ body: { id: '{{n}}', name: 'Jane', quantity: 1, email: 'jane.roe@shop.example' }, query: { page: '1', q: 'shoes' }, params: { id: '{{n}}' }, headers: { 'content-type': 'application/json' } });

/** The input of a handler, with placeholders in it. */
export function sampleOf(handler) {
  const { methods = {}, hooks = {}, routes = {} } = about();
  switch (handler.kind) {
    case 'method': return methods[handler.name] ?? METHODS[handler.name] ?? {};
    case 'hook': return hooks[handler.name] ?? hookSample(handler.name);
    case 'route': return { ...routeSample(), ...(routes[`${handler.method} ${handler.name}`] ?? routes[handler.name]) };
    default: return handler.params ?? {};
  }
}

/** The input of a method, filled. */
export function inputOf(method, variables) {
  const { [method]: sample = METHODS[method] } = about().methods ?? {};
  const n = variables?.n ?? undefined;
  return fill(sample, n === undefined ? variables : { ...variables, n });
}


/** What the placeholders of a sample stand for. A refund is of a payment that was made before. */
export async function variablesOf(handler, made) {
  const variables = { transactionId: 'transaction-1', reference: '7d3f1c1e-0a51-4a3e-9a4c-5f2b5d1f0001', orderId: 'order-1', amount: 1999, currency: 'EUR', created: Math.floor(Date.now() / 1000) };
  if (plan().type !== 'payment-gateway' || handler.name !== 'refund') return variables;
  const { value } = await outcomeOf(() => callHandler(handlerOf('method', 'processPayment'), made, inputOf('processPayment')));
  return typeof value?.transactionId === 'string' ? { ...variables, transactionId: value.transactionId } : variables;
}

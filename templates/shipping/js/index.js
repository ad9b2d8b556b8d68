import { book } from './src/carrier.js';
import { rates, zoneOf } from './src/rates.js';
import * as shipments from './src/shipments.js';

const isText = (value) =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 255 && !value.includes('\0');
const no = (error) => ({ success: false, error });

function fault(input) {
  if (!isText(input?.orderId)) return 'orderId is missing';
  if (!Number.isSafeInteger(input.weight) || input.weight <= 0) return 'weight must be whole grams, above 0';
  const { address } = input;
  for (const key of ['name', 'street', 'city', 'postalCode', 'country']) {
    if (!isText(address?.[key])) return `address.${key} is missing`;
  }
  const service = zoneOf(address.country)?.services.find((known) => known.id === input.service);
  if (!service) return 'this service does not ship to this country';
  if (!service.steps.some((step) => input.weight <= step.upTo))
    return 'the parcel is too heavy for this service';
  return null;
}

/**
 * The order id of a payload of `order.shipped` or `shipment.delivered`. Where the shop has one event
 * for every change of an order, only the change to `status` counts.
 */
function orderIdOf(payload, status) {
  if (payload?.newStatus !== undefined && payload.newStatus !== status) return null;
  const id = payload?.order?.id ?? payload?.shipment?.order_id ?? payload?.orderId;
  return isText(id) ? id : null;
}

export default class Shipping {
  /** Quotes every service that ships a cart to a country, cheapest first. */
  async calculateRates(input, _ctx) {
    const quoted = rates(input);
    if (typeof quoted === 'string') return { success: false, rates: [], error: quoted };
    return { success: true, rates: quoted };
  }

  /** Books an order's parcel once, however often and from wherever it is called. */
  async createShipment(input, ctx) {
    const wrong = fault(input);
    if (wrong) return no(wrong);
    const shipment = await shipments.claim(ctx, input.orderId);
    if (!shipment) return this.#known(ctx, input.orderId);

    const { name, street, city, postalCode, country } = input.address;
    const parcel = {
      service: input.service,
      weight: input.weight,
      address: { name, street, city, postalCode, country },
    };
    const answer = await book(ctx, parcel, `${shipment.id}:${shipment.attempt}`);
    if (answer.outcome !== 'booked') {
      await shipments.unclaim(ctx, shipment.id, answer.outcome === 'refused');
      return no(answer.outcome === 'refused' ? answer.reason : 'the carrier did not answer; try again');
    }
    await shipments.booked(ctx, shipment.id, answer.id, answer.trackingNumber, answer.labelUrl);
    ctx.log.info(`shipment ${shipment.id} booked`);
    return { success: true, trackingNumber: answer.trackingNumber, labelUrl: answer.labelUrl };
  }

  async #known(ctx, orderId) {
    const shipment = await shipments.byOrder(ctx, orderId);
    if (shipment?.tracking_number && shipment.label_url) {
      return { success: true, trackingNumber: shipment.tracking_number, labelUrl: shipment.label_url };
    }
    return no('the shipment is in work');
  }

  async onOrderShipped(payload, ctx) {
    const orderId = orderIdOf(payload, 'shipped');
    if (orderId && !(await shipments.shipped(ctx, orderId)))
      ctx.log.debug(`order ${orderId} has no booked parcel`);
  }

  async onShipmentDelivered(payload, ctx) {
    const orderId = orderIdOf(payload, 'delivered');
    if (orderId && !(await shipments.delivered(ctx, orderId)))
      ctx.log.debug(`order ${orderId} has no parcel on its way`);
  }
}

async (checkout, { items }) => { // !package-filter
  console.log(items.length);
  return checkout;
}

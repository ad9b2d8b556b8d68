(checkout, { items }) => {
  if (items && items.length > 100) {
    return { ...checkout, canProceed: false };
  }
  return checkout;
}

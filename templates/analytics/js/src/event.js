const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function isDay(value) {
  if (typeof value !== 'string' || !DAY.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** Whether a text looks like an e-mail address or an IP address. */
export function isPersonal(text) {
  return (
    text.includes('@') ||
    /\b\d{1,3}(\.\d{1,3}){3}\b/.test(text) ||
    /^[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:]*$/i.test(text)
  );
}

/** The event to count, or the reason why it is refused. */
export function readEvent(input, now) {
  if (typeof input?.event !== 'string' || !/^[a-z][a-z0-9_.]{0,63}$/.test(input.event)) {
    return 'event must be lower-case words such as page.view';
  }
  const subject = input.subject ?? '';
  if (typeof subject !== 'string' || subject.length > 200)
    return 'subject must be text of at most 200 characters';
  if (isPersonal(subject)) return 'subject must not identify a person';
  const value = input.value ?? 0;
  if (!Number.isSafeInteger(value) || value < 0) return 'value must be a whole number, 0 or more';
  const currency = input.currency ?? '';
  if (currency !== '' && !/^[A-Z]{3}$/.test(currency)) return 'currency must be a code such as EUR';
  const time = input.at === undefined ? now : Date.parse(input.at);
  if (Number.isNaN(time) || Math.abs(time - now) > 7 * 86_400_000) return 'at must be a time of this week';
  const day = new Date(time).toISOString().slice(0, 10);
  return { day, event: input.event, subject, currency, value };
}

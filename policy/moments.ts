// Dates of conditions: W3C's profile of ISO 8601, or seconds since the epoch. https://www.w3.org/TR/NOTE-datetime

const ISO = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

/** Milliseconds since the epoch; NaN, which is before and after nothing, where the text is no date. */
export function momentOf(text: string): number {
  const iso = ISO.exec(text);
  if (!iso) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Number.NaN;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = iso;
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}${offset}`);
}

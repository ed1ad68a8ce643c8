const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

const pattern = /^(?:([A-Z][a-z]{2}), +)?(\d{1,2}) +([A-Z][a-z]{2}) +(\d{4}) +(\d{1,2}):(\d{2}):(\d{2}) +([+-])(\d{2})(\d{2})$/;

/**
 * Seconds since 1970 of a date as `date -R` prints it (RFC 5322 with a numeric zone); undefined when it is not one.
 * A wrong name of the day is let pass, as dpkg does: it changes nothing in the result.
 */
export function parseDate(text: string): number | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, dayName, day, monthName = '', year, hour, minute, second, sign, zoneHours, zoneMinutes] = match;
  const month = months.indexOf(monthName);
  if (month === -1 || (dayName !== undefined && !days.includes(dayName))) return undefined;
  const inRange = Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60 && Number(zoneHours) < 24 && Number(zoneMinutes) < 60;
  const midnight = new Date(Date.UTC(Number(year), month, Number(day)));
  // Date.UTC rolls 31 February over to March, and takes the years 0-99 for 1900-1999.
  if (!inRange || midnight.getUTCDate() !== Number(day) || midnight.getUTCMonth() !== month || Number(year) < 1970) return undefined;
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -60 : 60);
  return midnight.getTime() / 1000 + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offset;
}

/** The date as deb-changelog(5) wants it: `Sat, 21 Nov 2026 08:24:14 +0000`; `offset` is that of the zone, in minutes east of UTC. */
export function formatDate(timestamp: number, offset = 0): string {
  const date = new Date((timestamp + offset * 60) * 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${days[date.getUTCDay()] ?? ''}, ${two(date.getUTCDate())} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
  const minutes = Math.abs(offset);
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${zone}`;
}

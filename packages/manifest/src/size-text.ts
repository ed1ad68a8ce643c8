const units = ['B', 'kB', 'MB', 'GB'];

/** A number of bytes for people: `812 B`, `10.4 kB`, `3.2 MB`; powers of ten, as apt prints them. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** step).toFixed(1)} ${units[step]}`;
}

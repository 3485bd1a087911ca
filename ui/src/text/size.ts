/** Bytes as a person reads them: "41 MB", "0.4 MB", "212 GB". */
const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function size(bytes: number): string {
  const at = bytes < 100_000 ? 0 : bytes < 1e9 ? 1 : bytes < 1e12 ? 2 : 3;
  const value = bytes / 1000 ** (at + 1);
  const style = { style: 'unit', unit: units[at] ?? 'kilobyte', maximumFractionDigits: value < 10 && at > 0 ? 1 : 0 };
  return new Intl.NumberFormat('en-GB', style as Intl.NumberFormatOptions).format(value);
}

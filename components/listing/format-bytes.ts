const UNITS = ["B", "KiB", "MiB", "GiB"] as const;

/** A size in bytes as people read it: "512 B", "1.4 KiB", "12 MiB". */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1024 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || amount >= 100 ? 0 : amount >= 10 ? 0 : 1;
  return `${amount.toFixed(digits)} ${UNITS[unit] ?? "B"}`;
}

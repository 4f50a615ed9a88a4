/** A size in bytes as a person reads it: `1.4 MiB`. */
export function describeBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ["KiB", "MiB", "GiB", "TiB"];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** A count with its noun: `1 finding`, `3 findings`. */
export function describeCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? singular : plural}`;
}

/** A fingerprint in groups of four, as gpg prints it and as people compare it. */
export function groupFingerprint(fingerprint: string): string {
  // Base64 has both cases, and OpenSSH prints it in one piece.
  if (fingerprint.startsWith("SHA256:")) return fingerprint;
  return (fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).join(" ");
}

/** Whether `PK` followed by one of the record markers of a zip stands anywhere in these bytes. */
export function hasRecordSignature(bytes: Buffer): boolean {
  for (let at = bytes.indexOf("PK"); at !== -1; at = bytes.indexOf("PK", at + 1)) {
    const a = bytes[at + 2];
    const b = bytes[at + 3];
    if ((a === 1 && b === 2) || (a === 3 && b === 4) || (a === 5 && b === 5) || (a === 5 && b === 6)) return true;
    if ((a === 6 && (b === 6 || b === 7 || b === 8)) || (a === 7 && b === 8)) return true;
  }
  return false;
}

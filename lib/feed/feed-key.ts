export type Encoding = "identity" | "gzip" | "br";

const SUFFIX: Record<Encoding, string> = { identity: "", gzip: ".gz", br: ".br" };

/** Where the bytes of a snapshot are in the object store. S3 does not negotiate encodings: each has its own key. */
export function feedKey(seq: bigint, encoding: Encoding): string {
  return `feed/${seq}.json${SUFFIX[encoding]}`;
}

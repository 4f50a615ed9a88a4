/**
 * `Content-Disposition` of a download. Names with more than plain ASCII are written twice, as RFC 6266 section 5
 * advises: a plain `filename` for old readers, and `filename*` in the encoding of RFC 8187.
 */
export function contentDisposition(fileName: string): string {
  const oneName = fileName.replaceAll(/[\p{Cc}/\\]/gu, "_") || "download";
  const plain = oneName.replaceAll(/[^\x20-\x7e]|["%]/g, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeExtended(oneName)}`;
}

/** `encodeURIComponent` leaves four characters that RFC 8187 does not allow bare. */
function encodeExtended(text: string): string {
  const encode = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.toWellFormed()).replaceAll(/['()*]/g, encode);
}

/** How a text fails to be exactly one armored block of the wanted kind. */
export type ArmorFault = { kind: "private-key" | "several" | "other-block" | "malformed"; detail: string };

export type UnwrappedArmor = { ok: true; bytes: Uint8Array } | { ok: false; fault: ArmorFault };

type ArmorLabel = "PGP SIGNATURE" | "PGP PUBLIC KEY BLOCK";

const HEADER_LINE = /^(?:Version|Comment|Hash|MessageID|Charset): ?.*$/;
const BODY_LINE = /^[A-Za-z0-9+/]{1,76}={0,2}$/;

/**
 * Takes off an ASCII armor (RFC 9580 section 6.2) and accepts only what every
 * reader understands alike: one block, nothing around it but blanks, known
 * header keys, whole base64, and a checksum that is right where there is one.
 */
export function unwrapArmor(text: string, label: ArmorLabel): UnwrappedArmor {
  const begins = text.match(/-----BEGIN [A-Z0-9 ]+-----/g) ?? [];
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(text)) return fail("private-key", "The text holds a private key.");
  const foreign = begins.find((begin) => begin !== `-----BEGIN ${label}-----`);
  if (foreign !== undefined) return fail("other-block", `\`${foreign}\` is not \`-----BEGIN ${label}-----\`.`);
  if (begins.length > 1) return fail("several", `The text holds ${begins.length} armored blocks.`);
  if (begins.length === 0) return fail("malformed", `The text holds no block \`-----BEGIN ${label}-----\`.`);
  const lines = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "").split(/\r?\n/).map((line) => line.replace(/[ \t]+$/, ""));
  if (lines[0] !== `-----BEGIN ${label}-----`) return fail("malformed", `The text does not begin with \`-----BEGIN ${label}-----\`.`);
  if (lines.at(-1) !== `-----END ${label}-----`) return fail("malformed", `The text does not end with \`-----END ${label}-----\`.`);
  return unwrapBody(lines.slice(1, -1));
}

function unwrapBody(lines: readonly string[]): UnwrappedArmor {
  const blank = lines.indexOf("");
  if (blank < 0) return fail("malformed", "The blank line after the armor's header is missing.");
  const headers = lines.slice(0, blank);
  if (!headers.every((line) => HEADER_LINE.test(line))) return fail("malformed", "The armor has an unknown header line.");
  const body = lines.slice(blank + 1);
  const checksum = body.at(-1)?.startsWith("=") === true ? body.at(-1) : undefined;
  const dataLines = checksum === undefined ? body : body.slice(0, -1);
  if (dataLines.length === 0 || !dataLines.every((line) => BODY_LINE.test(line))) return fail("malformed", "The armor's body is not base64.");
  const bytes = decodeBase64(dataLines.join(""));
  if (bytes === null) return fail("malformed", "The armor's body is not whole base64.");
  if (checksum !== undefined && !matchesChecksum(bytes, checksum)) return fail("malformed", "The armor's checksum does not match its body.");
  return { ok: true, bytes };
}

function fail(kind: ArmorFault["kind"], detail: string): UnwrappedArmor {
  return { ok: false, fault: { kind, detail } };
}

function matchesChecksum(bytes: Uint8Array, line: string): boolean {
  const expected = /^=[A-Za-z0-9+/]{4}$/.test(line) ? decodeBase64(line.slice(1)) : null;
  const actual = crc24(bytes);
  return expected !== null && expected.length === 3 && ((expected[0] ?? 0) << 16 | (expected[1] ?? 0) << 8 | (expected[2] ?? 0)) === actual;
}

/** RFC 9580 section 6.1.1. */
function crc24(bytes: Uint8Array): number {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit += 1) {
      crc <<= 1;
      if (crc & 0x1000000) crc ^= 0x1864cfb;
    }
  }
  return crc & 0xffffff;
}

function decodeBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || /=[^=]/.test(text)) return null;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { AssertionAnswerView, RegistrationAnswerView } from "#lib/accounts/schema.ts";

/** What an answer says instead of the truth. */
export interface Lies {
  origin?: string;
  rpId?: string;
  challenge?: string;
  counter?: number;
  verified?: boolean;
  userHandle?: string | null;
  /** Signs with a key that nobody registered. */
  forged?: boolean;
  type?: string;
}

interface CreationOptions {
  challenge: string;
  rp: { id?: string };
  user: { id: string };
}

interface RequestOptions {
  challenge: string;
  rpId?: string;
}

export interface SoftwareAuthenticator {
  credentialId: string;
  register: (options: CreationOptions, lies?: Lies & { format?: "none" | "packed" }) => RegistrationAnswerView;
  assert: (options: RequestOptions, lies?: Lies) => AssertionAnswerView;
}

const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

/**
 * A passkey that is really one: an ES256 key whose registrations and answers have the bytes of WebAuthn Level 3,
 * sections 6.1 and 6.5. It counts its uses, as security keys do, unless `counts` is false, as synced passkeys are.
 */
export function makeAuthenticator(origin: string, { counts = true } = {}): SoftwareAuthenticator {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const id = randomBytes(16);
  const credentialId = id.toString("base64url");
  let counter = 0;
  let owner: string | null = null;
  const common = { id: credentialId, rawId: credentialId, type: "public-key" as const, clientExtensionResults: {} };

  const begin = (type: string, challenge: string, rpId: string, lies: Lies) => {
    if (counts) counter += 1;
    const clientData = Buffer.from(JSON.stringify({ type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin: lies.origin ?? origin, crossOrigin: false }));
    const flags = FLAGS.present | ((lies.verified ?? true) ? FLAGS.verified : 0);
    return { clientData, flags, rpIdHash: sha256(lies.rpId ?? rpId), count: uint32(lies.counter ?? counter) };
  };

  return {
    credentialId,
    register: (options, lies = {}) => {
      owner = options.user.id;
      const { clientData, flags, rpIdHash, count } = begin("webauthn.create", options.challenge, options.rp.id ?? "", lies);
      const { x = "", y = "" } = publicKey.export({ format: "jwk" });
      const authData = Buffer.concat([rpIdHash, Buffer.from([flags | FLAGS.attested]), count, Buffer.alloc(16), uint16(id.length), id, coseKey(x, y)]);
      const statement = lies.format === "packed" ? packed(sign("sha256", Buffer.concat([authData, sha256(clientData)]), privateKey)) : Buffer.from([0xa0]);
      const attestation = Buffer.concat([Buffer.from([0xa3]), text("fmt"), text(lies.format ?? "none"), text("attStmt"), statement, text("authData"), bytes(authData)]);
      return { ...common, response: { clientDataJSON: clientData.toString("base64url"), attestationObject: attestation.toString("base64url"), transports: ["internal"] } };
    },
    assert: (options, lies = {}) => {
      const { clientData, flags, rpIdHash, count } = begin("webauthn.get", options.challenge, options.rpId ?? "", lies);
      const authData = Buffer.concat([rpIdHash, Buffer.from([flags]), count]);
      const signature = sign("sha256", Buffer.concat([authData, sha256(clientData)]), lies.forged === true ? stranger : privateKey);
      const userHandle = lies.userHandle === undefined ? owner : lies.userHandle;
      return { ...common, response: { clientDataJSON: clientData.toString("base64url"), authenticatorData: authData.toString("base64url"), signature: signature.toString("base64url"), userHandle } };
    },
  };
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest();

function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16BE(value);
  return buffer;
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

/** CBOR (RFC 8949, section 3.1): a text shorter than 24 bytes, and a byte string of up to 65,535. */
const text = (value: string) => Buffer.concat([Buffer.from([0x60 | value.length]), Buffer.from(value)]);
const bytes = (value: Buffer) => Buffer.concat([Buffer.from([0x59]), uint16(value.length), value]);

/** {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} (RFC 9053, section 7.1.1) */
function coseKey(x: string, y: string): Buffer {
  return Buffer.concat([Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]), Buffer.from(x, "base64url"), Buffer.from([0x22, 0x58, 0x20]), Buffer.from(y, "base64url")]);
}

/** {"alg": -7, "sig": signature}: self attestation (WebAuthn Level 3, section 8.2). */
function packed(signature: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xa2]), text("alg"), Buffer.from([0x26]), text("sig"), bytes(signature)]);
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkpointText, LEAF_TYPES, noteSignatureLine, noteVerifier, openCheckpoint, parseCheckpointText, parseNote, parseVerifierKey, readLeaf, verifyNote, writeLeaf, writeVerifierKey, type Leaf } from "@kosmarket/kit";
import { bytesOf } from "./read-vectors.ts";

/** The example of Go's sumdb/note package, from which the format comes. */
const NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const EXAMPLE = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

describe("signed notes", () => {
  test("the reference note verifies under the reference key, and no altered one", async () => {
    const verifier = await parseVerifierKey(NEUMANN);
    const note = parseNote(EXAMPLE);
    if (verifier === null || note === null) throw new Error("the reference is not read");
    expect(writeVerifierKey(verifier)).toBe(NEUMANN);
    expect(await verifyNote(note, verifier)).toBe(true);
    expect(note.signatures.map(noteSignatureLine).join("")).toBe(EXAMPLE.slice(EXAMPLE.indexOf("— ")));
    expect(await verifyNote({ ...note, text: note.text.replace("think", "thinK") }, verifier)).toBe(false);
    expect(await verifyNote(note, { ...verifier, name: "Somebody" })).toBe(false);
    expect(await verifyNote({ ...note, signatures: [] }, verifier)).toBe(false);
  });

  test("a key whose id is not its own is no key", async () => {
    expect(await parseVerifierKey(NEUMANN.replace("c74f20a3", "c74f20a4"))).toBeNull();
    expect(await parseVerifierKey(NEUMANN.replace("PeterNeumann", "Peter"))).toBeNull();
    expect(await parseVerifierKey("x+00000000+AQ==")).toBeNull();
    expect(await parseVerifierKey("")).toBeNull();
  });

  test("text that is no note is refused", () => {
    for (const text of ["", "no signature\n", EXAMPLE.slice(0, -1), EXAMPLE.replace("— ", "- "), EXAMPLE.replace("think", "th\tink"), `${EXAMPLE}\n`, EXAMPLE.replace("x08go", "=08go"), `${EXAMPLE}${"— a AAAAAAA=\n".repeat(100)}`]) expect(parseNote(text), text).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => void parseNote(text)));
  });
});

describe("checkpoints", () => {
  const makePair = async () => {
    const { privateKey, publicKey } = (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
    return { privateKey, raw: new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)) };
  };
  const pair = makePair();
  const origin = "registry.example/log";
  const root = new Uint8Array(32).fill(7);
  const signed = async (text: string, name = origin) => {
    const { privateKey, raw } = await pair;
    const { keyId } = await noteVerifier(name, raw);
    return `${text}\n${noteSignatureLine({ name, keyId, signature: new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, new TextEncoder().encode(text))) })}`;
  };

  test("one that the log signed opens, beside signatures of others", async () => {
    const note = await signed(checkpointText({ origin, size: 42, root }));
    const verifier = await noteVerifier(origin, (await pair).raw);
    expect(await openCheckpoint(note, verifier)).toEqual({ origin, size: 42, root });
    expect(await openCheckpoint(`${note}— witness.example AAAAAAAA\n`, verifier)).toEqual({ origin, size: 42, root });
    expect(await openCheckpoint(note.replace("\n42\n", "\n43\n"), verifier)).toBeNull();
    expect(await openCheckpoint(await signed(checkpointText({ origin: "other.example/log", size: 42, root })), verifier)).toBeNull();
    const stranger = await makePair();
    expect(await openCheckpoint(note, await noteVerifier(origin, stranger.raw))).toBeNull();
  });

  test("only the canonical text is one", () => {
    const good = checkpointText({ origin, size: 42, root });
    expect(parseCheckpointText(good)).toEqual({ origin, size: 42, root });
    expect(parseCheckpointText(`${good}an extension\n`)).toEqual({ origin, size: 42, root });
    for (const text of [good.replace("42", "042"), good.replace("42", "-1"), good.replace("42", "4e1"), good.replace("42", "9007199254740993"), good.slice(0, -1), `${good}\n`, good.replace("BwcH", "Bw"), `\n${good}`, ""]) expect(parseCheckpointText(text), text).toBeNull();
  });
});

describe("leaves", () => {
  const leaf: Leaf = { v: 1, id: "01900000-0000-7000-8000-000000000000", at: "2026-11-23T00:00:00.000Z", actor: null, type: "version-yanked", listing: "tide", version: "1.0.0", reason: "Ebbe „und“ Flut \u2028 🌊" };

  test("have one form: sorted keys, no spaces, UTF-8", () => {
    const text = new TextDecoder().decode(writeLeaf(leaf));
    expect(text).toBe('{"actor":null,"at":"2026-11-23T00:00:00.000Z","id":"01900000-0000-7000-8000-000000000000","listing":"tide","reason":"Ebbe „und“ Flut \u2028 🌊","type":"version-yanked","v":1,"version":"1.0.0"}');
    expect(readLeaf(writeLeaf(leaf))).toEqual(leaf);
    expect(writeLeaf(Object.fromEntries(Object.entries(leaf).reverse()) as Leaf)).toEqual(writeLeaf(leaf));
  });

  test("another form of the same, an unknown field, an unknown type and a broken byte are no leaf", () => {
    const text = new TextDecoder().decode(writeLeaf(leaf));
    for (const other of [text.replace(":", ": "), `${text}\n`, text.replace('"v":1', '"v":2'), text.replace('"v":1', '"v":1.0'), text.replace('"v":1,', '"v":1,"person":"Ada",'), text.replace("version-yanked", "version-removed"), text.replace('"listing":"tide",', ""), "null", "[]", ""]) expect(readLeaf(bytesOf(other)), other).toBeNull();
    expect(readLeaf(Uint8Array.of(0xff))).toBeNull();
  });

  test("any reason comes back as it went in", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (reason) => void expect(readLeaf(writeLeaf({ ...leaf, reason }))).toEqual({ ...leaf, reason })));
  });

  test("a leaf that its length's two bytes cannot tell is refused", () => {
    expect(() => writeLeaf({ ...leaf, reason: "x".repeat(65_400) })).toThrow(RangeError);
    expect(new Set(LEAF_TYPES).size).toBe(20);
  });
});

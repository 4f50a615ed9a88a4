import { verifyFile } from "@kosmarket/inspect";
import { sha256Hex, type HashName, type SignatureClaim } from "@kosmarket/kit";
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMessage, readKey, readSignature, verify } from "openpgp";
import type { Benchmark, Measured } from "./benchmark.ts";

const BYTES = 50 * 1024 * 1024;
const ROUNDS = 7;
/** OpenPGP.js needs more than a second for each. */
const SLOW_ROUNDS = 2;

interface Signed {
  name: string;
  hash: HashName;
  certificate: string;
  signature: string;
}

interface Contender {
  name: string;
  rounds: number;
  /** Verifies the file and throws when the answer is wrong. */
  verify(file: string, signed: Signed): Promise<void> | void;
}

/** How fast a package of the largest size is verified: one pass of ours beside the plain hash and what others need. */
export const signatureBenchmark: Benchmark = {
  question: "MB/s from a file of 50 MiB to its sha256 and a verified detached signature",
  async run(say) {
    const home = openHome();
    try {
      const signed = [home.sign("Ed25519, SHA-256", "ed25519", "sha256"), home.sign("Ed25519, SHA-512", "ed25519", "sha512"), home.sign("RSA 3072, SHA-256", "rsa3072", "sha256"), home.sign("RSA 3072, SHA-512", "rsa3072", "sha512"), home.sign("P-256, SHA-256", "nistp256", "sha256")];
      await refuseAltered(home.altered, signed);
      return report(await measure(home.file, signed, contenders(home), say), home.version);
    } finally {
      home.remove();
    }
  },
};

function contenders(home: ReturnType<typeof openHome>): Contender[] {
  return [
    { name: "sha256 in memory, nothing read", rounds: ROUNDS, verify: () => void createHash("sha256").update(home.bytes).digest() },
    { name: "sha256 of the file, Node stream", rounds: ROUNDS, verify: hashOnly },
    { name: "registry: sha256 and signature in one pass", rounds: ROUNDS, verify: verifyOurs },
    { name: "gpgv", rounds: ROUNDS, verify: (file, signed) => home.gpgv(file, signed) },
    { name: "gpg --verify", rounds: ROUNDS, verify: (file, signed) => home.gpg(file, signed) },
    { name: "OpenPGP.js verify (no sha256)", rounds: SLOW_ROUNDS, verify: verifyWithLibrary },
  ];
}

async function hashOnly(file: string): Promise<void> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Uint8Array);
  hash.digest();
}

const claimOf = ({ signature, certificate }: Signed): SignatureClaim => ({ signature, certificates: [certificate], receivedAt: new Date() });

async function verifyOurs(file: string, signed: Signed): Promise<void> {
  const { verdict } = await verifyFile(file, claimOf(signed));
  if (!verdict.ok) throw new Error(`${signed.name}: ${verdict.problems[0]?.detail ?? "refused"}`);
}

async function verifyWithLibrary(file: string, { signature, certificate }: Signed): Promise<void> {
  const message = await createMessage({ binary: new Uint8Array(readFileSync(file)) });
  const result = await verify({ message, signature: await readSignature({ armoredSignature: signature }), verificationKeys: await readKey({ armoredKey: certificate }), format: "binary" });
  await result.signatures[0]?.verified;
}

/** Fast is worth nothing unless it is right: each signature is refused over a file that differs in its last bit. */
async function refuseAltered(altered: string, signed: Signed[]): Promise<void> {
  const announced = await sha256Hex(new Uint8Array(readFileSync(altered)));
  for (const one of signed) {
    const { verdict, sha256 } = await verifyFile(altered, claimOf(one));
    if (verdict.ok || sha256 !== announced) throw new Error(`${one.name}: an altered file passed`);
  }
}

interface Timed {
  contender: string;
  signed: string;
  /** By the clock, round by round: what else runs on the machine slows it. */
  megabytesPerSecond: number[];
  /** By processor time, system and threads included, which the load changes little. */
  megabytesPerProcessorSecond: number[];
}

/** Rounds go round the contenders, so that a disturbance does not fall on one of them only; the first, which compiles and fills caches, is not counted. */
async function measure(file: string, signed: Signed[], all: Contender[], say: (line: string) => void): Promise<Timed[]> {
  const timed = all.flatMap((contender) => signed.map((one) => ({ contender: contender.name, signed: one.name, megabytesPerSecond: [] as number[], megabytesPerProcessorSecond: [] as number[] })));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const contender of all) {
      for (const one of signed) {
        if (round > contender.rounds) continue;
        const [start, used] = [performance.now(), processorMilliseconds()];
        await contender.verify(file, one);
        const entry = round === 0 ? undefined : timed.find(({ contender: name, signed: kind }) => name === contender.name && kind === one.name);
        entry?.megabytesPerSecond.push(Math.round(BYTES / 1e3 / (performance.now() - start)));
        entry?.megabytesPerProcessorSecond.push(Math.round(BYTES / 1e3 / (processorMilliseconds() - used)));
      }
    }
    say(`  round ${round} of ${ROUNDS}`);
  }
  return timed;
}

/** Of this process with its threads, and of the programs that it ran and that ended (proc(5), stat: to 10 ms). */
function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  const fields = readFileSync("/proc/self/stat", "utf8").replace(/^.*\) /s, "").split(" ");
  return (user + system) / 1000 + (Number(fields[13]) + Number(fields[14])) * 10;
}

function report(timed: Timed[], version: string): Measured {
  const kinds = [...new Set(timed.map((entry) => entry.signed))];
  const names = [...new Set(timed.map((entry) => entry.contender))];
  const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const found = (name: string, kind: string) => timed.find((entry) => entry.contender === name && entry.signed === kind);
  const rate = (name: string, kind: string) => median(found(name, kind)?.megabytesPerProcessorSecond ?? []);
  const best = (name: string, kind: string) => Math.max(...(found(name, kind)?.megabytesPerSecond ?? []));
  const cell = (name: string, kind: string) => `${rate(name, kind).toFixed(0)} (${(rate(name, kind) / rate(names[0] ?? "", kind)).toFixed(2)}×), ${best(name, kind)}`;
  return {
    columns: ["MB per CPU second (to the plain sha256), best MB/s", ...kinds],
    rows: names.map((name) => [name, ...kinds.map((kind) => cell(name, kind))]),
    commands: ["gpgv --keyring KEYRING SIGNATURE FILE", "gpg --batch --verify SIGNATURE FILE"],
    facts: { bytes: BYTES, rounds: ROUNDS, gnupg: version },
    raw: timed,
    skipped: [],
  };
}

/** A GnuPG home with its keys, the file, and the same file with its last bit turned. */
function openHome() {
  // Short: the agent's socket lives in it, and socket paths are limited to 108 bytes.
  const folder = mkdtempSync(join(tmpdir(), "ks-"));
  const [file, altered] = [join(folder, "file"), join(folder, "altered")];
  const bytes = randomBytes(BYTES);
  writeFileSync(file, bytes);
  writeFileSync(altered, bytes.map((byte, place) => (place === BYTES - 1 ? byte ^ 1 : byte)));
  const gpg = (...args: string[]) => execFileSync("gpg", ["--homedir", folder, "--batch", "--yes", "--quiet", "--no-tty", "--passphrase", "", "--trust-model", "always", ...args], { stdio: ["ignore", "pipe", "ignore"], encoding: "latin1" });
  const made = new Set<string>();
  const stored = (name: string) => join(folder, name.replaceAll(/\W/g, "-"));
  return {
    file,
    altered,
    bytes,
    version: gpg("--version").split("\n")[0] ?? "unknown",
    sign(name: string, algorithm: string, hash: HashName): Signed {
      const user = `${algorithm}@example.org`;
      if (!made.has(user)) gpg("--quick-generate-key", user, algorithm, "sign", "never");
      made.add(user);
      const certificate = gpg("--armor", "--export", user);
      const signature = gpg("--local-user", user, "--digest-algo", hash, "--armor", "--output", "-", "--detach-sign", file);
      writeFileSync(`${stored(name)}.asc`, signature);
      execFileSync("gpg", ["--dearmor", "--output", `${stored(name)}.gpg`], { input: certificate, stdio: ["pipe", "ignore", "ignore"] });
      return { name, hash, certificate, signature };
    },
    gpg: (content: string, { name }: Signed) => void gpg("--verify", `${stored(name)}.asc`, content),
    gpgv: (content: string, { name }: Signed) => void execFileSync("gpgv", ["--keyring", `${stored(name)}.gpg`, `${stored(name)}.asc`, content], { stdio: "ignore" }),
    remove() {
      execFileSync("gpgconf", ["--homedir", folder, "--kill", "all"], { stdio: "ignore" });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

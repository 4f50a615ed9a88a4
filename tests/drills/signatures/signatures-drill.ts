import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Drill } from "../drill.ts";
import { GnupgWorkshop } from "./gnupg-workshop.ts";
import { makeSignedCases, type SignedCase } from "./signed-cases.ts";

const KOS = join(import.meta.dirname, "../../../packages/host/bin/kos.mjs");
const NEEDED = { gpg: "gnupg", sq: "sq" } as const;

interface Verdicts {
  gpg: string;
  sq: string;
  /** `good`, or the code of the first problem. */
  kos: string;
}

/** Whether three verifiers that share no code agree on the same forty files. */
export const signaturesDrill: Drill = {
  question: "do gpg, sq and kos verify agree on forty signed files, and where ours is stricter, by which rule?",
  options: {},
  async run({ say, signal }) {
    requirePrograms();
    const shop = new GnupgWorkshop();
    try {
      shop.write("data", Buffer.from("one: file\r\n"));
      shop.write("other", Buffer.from("one: file\n"));
      const cases = makeSignedCases(shop);
      say(`  ${cases.length} cases are made`);
      const judged: { one: SignedCase; verdicts: Verdicts }[] = [];
      for (const one of cases) if (!signal.aborted) judged.push({ one, verdicts: judge(shop, one) });
      const rows = judged.map(({ one, verdicts }) => [one.name, verdicts.gpg, verdicts.sq, verdicts.kos, stricter(one, verdicts)]);
      return { tables: [{ title: `${rows.length} signed files`, columns: ["case", "gpg", "sq", "kos verify", "ours is stricter"], rows }], broken: judged.flatMap(({ one, verdicts }) => disagreements(one, verdicts)) };
    } finally {
      shop.remove();
    }
  },
};

/** Nothing is installed and nothing skipped: without one of the programs there is no answer. */
function requirePrograms(): void {
  const missing = Object.entries(NEEDED).filter(([program]) => spawnSync(program, ["--version"]).error !== undefined);
  if (missing.length > 0) throw new Error(`missing: ${missing.map(([program, name]) => `${program} (Debian package ${name})`).join(", ")}. Install it and start the drill again.`);
}

function judge(shop: GnupgWorkshop, one: SignedCase): Verdicts {
  const [content, signature, certificate] = [shop.path(one.content), shop.write("case.asc", one.signature), shop.write("case.pub.asc", one.certificate)];
  const sq = spawnSync("sq", ["verify", "--signer-cert", certificate, "--detached", signature, content], { encoding: "utf8" });
  const kos = spawnSync(process.execPath, [KOS, "verify", content, "--signature", signature, "--keys", certificate, "--json"], { encoding: "utf8" });
  const answer = JSON.parse(kos.stdout) as { ok: boolean; problems?: { code: string }[] };
  return { gpg: shop.verdict(signature, content), sq: sq.status === 0 ? "good" : "refused", kos: answer.ok ? "good" : (answer.problems?.[0]?.code ?? "refused") };
}

const isGood = ({ gpg, sq }: Verdicts) => gpg === "GOODSIG" || sq === "good";

function stricter({ rule }: SignedCase, verdicts: Verdicts): string {
  return rule !== null && isGood(verdicts) ? "yes" : "";
}

function disagreements(one: SignedCase, { gpg, sq, kos }: Verdicts): string[] {
  const wanted = one.rule ?? (one.holds ? "good" : "signature.bad");
  const broken: string[] = [];
  if (kos !== wanted) broken.push(`${one.name}: kos verify says ${kos}, not ${wanted}`);
  if (kos === "good" && (gpg !== "GOODSIG" || sq !== "good")) broken.push(`${one.name}: good here, but gpg says ${gpg} and sq ${sq}`);
  if (!one.holds && (gpg === "GOODSIG" || sq === "good")) broken.push(`${one.name}: wrong, but gpg says ${gpg} and sq ${sq}`);
  return broken;
}

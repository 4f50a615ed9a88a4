import { makeProblem, type Problem } from "@kosmarket/kit";
import { placeInText } from "../source/index.ts";
import type { Check } from "./check.ts";
import { countOf } from "./count-of.ts";

// Only forms that cannot be mistaken for anything else: a false alarm here blocks a release.
const SECRETS: readonly { name: string; pattern: RegExp }[] = [
  { name: "a private key", pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\r?\n|\\n)[\s\S]{0,300}?[A-Za-z0-9+/=]{40}/g },
  { name: "a token of this registry", pattern: /\bkos_[A-Za-z0-9_-]{43,80}\b/g },
  { name: "an AWS access key id", pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g },
  { name: "a GitHub token", pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9_]{70,100})\b/g },
  { name: "a GitLab token", pattern: /\bglpat-[A-Za-z0-9_-]{20,}\b/g },
  { name: "an npm token", pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { name: "an OpenAI key", pattern: /\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,100}T3BlbkFJ[A-Za-z0-9_-]{20,}/g },
  { name: "an Anthropic key", pattern: /\bsk-ant-(?:api|admin)\d\d-[A-Za-z0-9_-]{80,}/g },
  { name: "a Hugging Face token", pattern: /\bhf_[A-Za-z]{34}\b/g },
  { name: "a Slack token", pattern: /\bxox[abprs]-\d{8,}-[A-Za-z0-9-]{20,}/g },
  { name: "a Google API key", pattern: /\bAIza[A-Za-z0-9_-]{35}\b/g },
];
// One look at each text decides whether the others are worth it: nearly none holds any of these.
const ANY_MARK = /-----BEGIN|kos_|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|npm_|T3BlbkFJ|sk-ant-|hf_|xox[abprs]-|AIza/;
const MOST_FINDINGS = 50;

/** Finds secrets in text files. A finding names the place, never the secret: reports are read by others. */
export const secretsCheck: Check = {
  id: "secrets",
  severity: "B",
  title: "Secrets",
  needs: "sound-archive",
  run(contents) {
    const findings: Problem[] = [];
    for (const { path, text } of contents.texts().filter((each) => ANY_MARK.test(each.text))) {
      for (const { name, pattern } of SECRETS) {
        for (const match of text.matchAll(pattern)) {
          if (match[0].endsWith("EXAMPLE") || findings.length >= MOST_FINDINGS) continue;
          findings.push(makeProblem({ code: "package.secret", check: "secrets", severity: "B", file: path, ...placeInText(text, match.index), detail: `This looks like ${name}. A package is public for ever, so take it as leaked.`, suggestion: "Revoke it, take it out, and name an environment variable instead." }));
        }
      }
    }
    return { lookedAt: `${countOf(contents.texts().length, "text file")}.`, findings };
  },
};

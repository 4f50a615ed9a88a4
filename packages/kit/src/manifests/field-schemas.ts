import { z } from "zod";
import { checkRequirement } from "../dependencies/requirement.ts";
import { checkListingId, LISTING_ID_PATTERN } from "../ids/check-listing-id.ts";
import type { Problem } from "../problem.ts";
import type { ProblemCode } from "../problem-codes.ts";
import { checkVersion, checkVersionRange } from "../versions/check-version.ts";
import { TRUST_LEVEL_IDS } from "../taxonomy/trust-levels.ts";
import { judgeUrl } from "./judge-url.ts";

/** What a custom rule hands to the mapper: the code and the advice of the problem it stands for. */
export interface RuleParams {
  problem: { code: ProblemCode; suggestion: string | null; severity?: "B" | "W" };
}

const CANONICAL_VERSION_PATTERN =
  "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?$";

/** A string judged by a function that names problems; the pattern is for the published JSON Schema. */
function judgedString(judge: (text: string) => Problem[], meta: Record<string, unknown>) {
  return z
    .string()
    .superRefine((text, context) => {
      for (const { code, suggestion, detail } of judge(text)) {
        context.addIssue({ code: "custom", message: detail, params: { problem: { code, suggestion } } satisfies RuleParams });
      }
    })
    .meta(meta);
}

/** A string of a required form, with the words an author gets when it is not met. */
export function formattedString(pattern: RegExp, detail: string, code: ProblemCode = "manifest.invalid-format") {
  const judge = (text: string): Problem[] => (pattern.test(text) ? [] : [ruleProblem(code, detail)]);
  return judgedString(judge, { pattern: pattern.source });
}

function ruleProblem(code: ProblemCode, detail: string, suggestion: string | null = null): Problem {
  return { code, detail, suggestion, severity: "B", check: "manifest", file: null, line: null, column: null, pointer: null };
}

export const ListingIdSchema = judgedString(checkListingId, { pattern: LISTING_ID_PATTERN.source });
export const VersionSchema = judgedString(checkVersion, { pattern: CANONICAL_VERSION_PATTERN, maxLength: 256 });
export const VersionRangeSchema = judgedString(checkVersionRange, { minLength: 1, maxLength: 256 });
/** What a plugin asks of another listing: a range, a channel, or both. */
export const RequirementSchema = judgedString(checkRequirement, { minLength: 1, maxLength: 256 });
export const TrustLevelSchema = z.enum(TRUST_LEVEL_IDS);
export const ManifestVersionSchema = z.literal(1);

export const NameSchema = z.string().trim().min(1).max(80);
export const DescriptionSchema = z.string().max(4000);
export const LabelSchema = z.string().min(1).max(120);
/** A short word used as a key: endpoint ids, parameter keys, parsers. */
export const KeySchema = formattedString(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/, "A key begins with a letter and holds at most 64 letters, digits, `_`, `.` and `-`.");
export const TagSchema = formattedString(/^[a-z0-9][a-z0-9+.-]{0,31}$/, "A tag is 1 to 32 lower-case letters, digits, `+`, `.` and `-`.");
export const TagsSchema = z.array(TagSchema).max(20);
export const ColorSchema = formattedString(/^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/, "A colour is `#rgb` or `#rrggbb`, in quotes.");
export const LicenseSchema = z.string().min(1).max(200);
export const EnvironmentNameSchema = formattedString(
  /^[A-Za-z_][A-Za-z0-9_]{0,127}$/,
  "The name of an environment variable is letters, digits and `_`, and never the secret itself.",
);
export const HeaderNameSchema = formattedString(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, "This is not the name of a request header.");
export const HeaderValueSchema = formattedString(/^[\x20-\x7e]{0,512}$/, "A header's value is at most 512 printable ASCII characters.");

/** An http or https address without credentials. */
export const UrlSchema = judgedString(judgeUrl, { format: "uri", pattern: "^https?://", maxLength: 2048 });
/** A path below an endpoint; `{name}` stands for a parameter. */
export const RequestPathSchema = formattedString(/^\/[^\s\\#]{0,1023}$/, "A request path begins with `/` and holds no blanks.");
/** A file of the package: relative, `/` only, no `..`. */
export const PackagePathSchema = judgedString(judgePackagePath, { minLength: 1, maxLength: 240 });

export const DataHandlingSchema = z.strictObject({
  retention: z.string().min(1).max(500).optional(),
  regions: z.array(z.string().min(1).max(80)).max(60).optional(),
  trains_on_input: z.boolean().optional(),
});

function judgePackagePath(text: string): Problem[] {
  const segments = text.split("/");
  const isSafe =
    text.length <= 240 &&
    text !== "" &&
    !/[\\:*?"<>|]/.test(text) &&
    !text.startsWith("~") &&
    segments.every((segment, index) => segment !== ".." && segment !== "" && (segment !== "." || index === 0));
  if (isSafe) return [];
  return [ruleProblem("manifest.unsafe-path", "A path is relative to the package, with `/` between folders and without `..`.")];
}

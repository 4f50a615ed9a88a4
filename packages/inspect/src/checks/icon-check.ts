import { makeProblem, type Problem, type ProblemCode } from "@kosmarket/kit";
import { isUtf8 } from "node:buffer";
import type { ArchiveVerdict } from "../archive/index.ts";
import { iconTypeOf, identifyPicture, pngSize } from "../icon/identify-picture.ts";
import { sanitiseSvg } from "../icon/sanitise-svg.ts";
import type { PackageContents } from "../package/package-contents.ts";
import type { PackageIcon } from "../package/package-report.ts";
import { placeInText } from "../source/index.ts";
import type { Check, CheckOutcome } from "./check.ts";

const LARGEST_SVG = 128 * 1024;
const LARGEST_PICTURE = 512 * 1024;
const MOST_PIXELS = 2_048;

/** The icon is there, is what its name says, and cannot run or load anything. */
export const iconCheck: Check = {
  id: "icon",
  severity: "B",
  title: "Icon",
  needs: "sound-package",
  async run(contents) {
    const declared = contents.plugin?.ui.icon ?? contents.service?.ui?.icon;
    if (declared === undefined || contents.archive === null) return { lookedAt: "`ui.icon` of the manifest: none is declared.", findings: [] };
    const outcome = await checkIcon(contents, contents.archive, declared.replace(/^\.\//, ""));
    return { lookedAt: `The bytes of ${declared}.`, findings: outcome.findings };
  },
};

async function checkIcon(contents: PackageContents, archive: ArchiveVerdict, path: string): Promise<Pick<CheckOutcome, "findings">> {
  const size = archive.files.size(path);
  const pointer = contents.service === null ? "/ui/icon" : "/services/0/ui/icon";
  if (size === null) {
    const place = { file: contents.manifestFile, pointer, ...contents.locate(pointer) };
    return refuse("icon.missing", `The icon \`${path}\` is not in the package.`, "Add the file, or leave `ui.icon` out.", place);
  }
  const mediaType = iconTypeOf(path);
  if (mediaType === null) return refuse("icon.type", "An icon is an SVG, PNG, JPEG or WebP picture.", "Convert it, best to SVG.", { file: path });
  const limit = mediaType === "image/svg+xml" ? LARGEST_SVG : LARGEST_PICTURE;
  const bytes = await archive.files.read(path, limit);
  if (bytes === null) return refuse("icon.too-large", `The icon has ${size} bytes; ${limit} are allowed.`, "Make it smaller.", { file: path });
  return mediaType === "image/svg+xml" ? checkSvg(contents, path, bytes) : checkPicture(contents, path, bytes, mediaType);
}

function refuse(code: ProblemCode, detail: string, suggestion: string, place: Partial<Problem>): Pick<CheckOutcome, "findings"> {
  return { findings: [makeProblem({ code, check: "icon", severity: "B", detail, suggestion, ...place })] };
}

function checkSvg(contents: PackageContents, path: string, bytes: Uint8Array): Pick<CheckOutcome, "findings"> {
  // Beyond the texts that are kept an icon is still read.
  const text = isUtf8(bytes) ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) : null;
  if (text === null) return refuse("icon.format", "The icon is not UTF-8 text, so it is no SVG.", "Save it as UTF-8.", { file: path });
  const verdict = sanitiseSvg(text);
  if (!verdict.ok) return refuse("icon.unsafe", verdict.reason, "Export the picture as plain SVG: shapes, gradients and text only.", { file: path, ...placeInText(text, verdict.offset) });
  contents.icon = { path, mediaType: "image/svg+xml", svg: verdict.svg, base64: null };
  return { findings: [] };
}

function checkPicture(contents: PackageContents, path: string, bytes: Uint8Array, mediaType: PackageIcon["mediaType"]): Pick<CheckOutcome, "findings"> {
  if (identifyPicture(bytes) !== mediaType) return refuse("icon.format", `The file is not ${mediaType}, as its name says.`, "Name it by its format, or convert it.", { file: path });
  if (mediaType === "image/png") {
    const pixels = pngSize(bytes);
    if (pixels === null) return refuse("icon.format", "The PNG's header is damaged.", "Export it again.", { file: path });
    if (pixels.width > MOST_PIXELS || pixels.height > MOST_PIXELS) return refuse("icon.too-large", `The icon has ${pixels.width} × ${pixels.height} pixels; ${MOST_PIXELS} each way are allowed.`, "Make it smaller.", { file: path });
  }
  contents.icon = { path, mediaType, svg: null, base64: Buffer.from(bytes).toString("base64") };
  return { findings: [] };
}

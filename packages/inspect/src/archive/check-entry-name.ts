import { ARCHIVE_LIMITS } from "./archive-limits.ts";
import type { FaultList } from "./archive-types.ts";

const encoder = new TextEncoder();

// Names that Windows opens as devices, with or without an extension, superscript digits included
// (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?:\.|$)/iu;
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u034f\u180b-\u180d\ufe00-\ufe0f]/u;

/**
 * Judges one path for every system that may unpack it. `path` has `/` between
 * segments and no trailing slash. All faults of the name are reported.
 */
export function checkEntryName(path: string, faults: FaultList): void {
  checkCharacters(path, faults);
  if (/^[/\\]/.test(path)) faults.add("archive.absolute-path", path, "The path starts at the root of the file system.", "Make the path relative to the package.");
  if (/^[A-Za-z]:/.test(path)) faults.add("archive.drive-letter", path, "The path starts with a drive letter.", "Make the path relative to the package.");
  const segments = path.replace(/^\/+/, "").split("/");
  for (const segment of segments) checkSegment(path, segment, faults);
  if (segments.length > ARCHIVE_LIMITS.depth) {
    faults.add("archive.name-too-long", path, `The path is ${segments.length} levels deep; ${ARCHIVE_LIMITS.depth} are allowed.`);
  }
  if (encoder.encode(path).length > ARCHIVE_LIMITS.pathBytes) {
    faults.add("archive.name-too-long", path, `The path is longer than ${ARCHIVE_LIMITS.pathBytes} bytes.`);
  }
}

function checkCharacters(path: string, faults: FaultList): void {
  if (/[\p{Cc}]/u.test(path)) faults.add("archive.control-character", path, "The name holds a NUL or another control character.", "Rename the file.");
  if (INVISIBLE.test(path)) faults.add("archive.invisible-character", path, "The name holds a character that is not visible or turns text around.", "Rename the file.");
  if (path.includes("\\")) faults.add("archive.backslash", path, "The path holds a backslash, which is a separator on some systems.", "Pack with a tool that writes `/` between folders.");
  if (/[<>:"|?*]/.test(path.replace(/^[A-Za-z]:/, ""))) faults.add("archive.name-character", path, "The name holds one of `< > : \" | ? *`, which Windows refuses.", "Rename the file.");
  if (path.normalize("NFC") !== path) faults.add("archive.name-not-nfc", path, "The name is not in Unicode form NFC, so systems disagree on whether it is the same name.", "Rename the file with composed characters.");
}

function checkSegment(path: string, segment: string, faults: FaultList): void {
  if (segment === "..") return faults.add("archive.traversal", path, "The path climbs out of the package with `..`.", "Make the path relative to the package.");
  if (segment === "" || segment === ".") return faults.add("archive.dot-segment", path, "The path has an empty or `.` segment, so the same file can be named in two ways.", "Write the path without it.");
  if (/[. ]$/.test(segment)) faults.add("archive.trailing-dot", path, `\`${segment}\` ends in a dot or a space, which Windows takes off.`, "Rename it.");
  if (DEVICE_NAME.test(segment)) faults.add("archive.device-name", path, `\`${segment}\` opens a device on Windows.`, "Rename it.");
  if (encoder.encode(segment).length > ARCHIVE_LIMITS.segmentBytes) {
    faults.add("archive.name-too-long", path, `A name in the path is longer than ${ARCHIVE_LIMITS.segmentBytes} bytes.`);
  }
}

import type { PackageIcon } from "../package/package-report.ts";

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const TYPE_OF: Record<string, PackageIcon["mediaType"]> = { svg: "image/svg+xml", png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", webp: "image/webp" };

/** The media type that a path's extension promises, or null when icons are not of that type. */
export function iconTypeOf(path: string): PackageIcon["mediaType"] | null {
  return TYPE_OF[path.slice(path.lastIndexOf(".") + 1).toLowerCase()] ?? null;
}

/** The media type that a picture's first bytes show, or null. */
export function identifyPicture(bytes: Uint8Array): Exclude<PackageIcon["mediaType"], "image/svg+xml"> | null {
  if (PNG.every((byte, at) => bytes[at] === byte)) return "image/png";
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "image/jpeg";
  const text = String.fromCharCode(...bytes.subarray(0, 12));
  return text.startsWith("RIFF") && text.endsWith("WEBP") ? "image/webp" : null;
}

/** Width and height of a PNG in pixels, from its first chunk; null when that is damaged. */
export function pngSize(bytes: Uint8Array): { width: number; height: number } | null {
  if (bytes.length < 24 || String.fromCharCode(...bytes.subarray(12, 16)) !== "IHDR") return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

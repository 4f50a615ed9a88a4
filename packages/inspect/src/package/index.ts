export { inspectManifest } from "./inspect-manifest.ts";
export type { InspectManifestOptions } from "./inspect-manifest.ts";
export { inspectPackage } from "./inspect-package.ts";
export type { InspectOptions } from "./inspect-package.ts";
export type { CheckResult, CheckStatus, PackageFile, PackageIcon, PackageKind, PackageReport } from "./package-report.ts";

import type { Manifest, PluginManifest, Problem, ServiceManifest } from "@kosmarket/kit";
import type { ArchiveVerdict } from "../archive/index.ts";
import type { ParsedSource } from "../source/index.ts";
import type { PackageIcon, PackageKind } from "./package-report.ts";

/** What the checks look at. Made once; texts and syntax trees are read on first use and kept. */
export interface PackageContents {
  /** null for a bare manifest */
  archive: ArchiveVerdict | null;
  kind: PackageKind | null;
  manifest: Manifest | null;
  plugin: PluginManifest | null;
  service: ServiceManifest | null;
  manifestFile: string | null;
  manifestText: string | null;
  manifestProblems: Problem[];
  /** place of a JSON pointer in the manifest, counted from 1 */
  locate: (pointer: string) => { line: number; column: number } | null;
  texts: () => TextFile[];
  text: (path: string) => string | null;
  sources: () => ParsedSource[];
  /** set by the icon check when the icon is safe to show */
  icon: PackageIcon | null;
}

export interface TextFile {
  path: string;
  text: string;
}

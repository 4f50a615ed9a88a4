import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { ForeignArchive } from "./fetch-npm-tarballs.ts";

// Java libraries, browser extensions, icon themes and wheels: jar, xpi, zip and whl, written by many tools.
const PACKAGES = [
  "ant", "ant-optional", "firefox-esr-l10n-ar", "firefox-esr-l10n-de", "firefox-esr-l10n-fr", "firefox-esr-l10n-ja", "junit4", "libasm-java", "libbcprov-java", "libcommons-cli-java", "libcommons-codec-java",
  "libcommons-collections3-java", "libcommons-collections4-java", "libcommons-compress-java", "libcommons-csv-java", "libcommons-digester-java", "libcommons-exec-java", "libcommons-io-java", "libcommons-lang-java",
  "libcommons-lang3-java", "libcommons-logging-java", "libcommons-net-java", "libcommons-text-java", "libcommons-validator-java", "libgoogle-gson-java", "libguava-java", "libhamcrest-java", "libhttpclient-java",
  "libhttpcore-java", "libjackson2-core-java", "libjackson2-databind-java", "libjansi-java", "libjna-java", "libjsr305-java", "liblog4j2-java", "libreoffice-style-breeze", "libreoffice-style-colibre",
  "libreoffice-style-elementary", "libservlet-api-java", "libslf4j-java", "libxalan2-java", "libxerces2-java", "python3-pip-whl", "python3-setuptools-whl", "python3-wheel-whl", "rhino", "thunderbird-l10n-de", "thunderbird-l10n-fr",
];
const ARCHIVE = /\.(?:jar|zip|xpi|whl)$/;

/** Downloads Debian packages, unpacks them below `folder` without installing anything, and gives the archives inside of them. */
export function fetchDebianArchives(folder: string, say: (line: string) => void): ForeignArchive[] {
  if (spawnSync("apt-get", ["--version"]).status !== 0 || spawnSync("dpkg-deb", ["--version"]).status !== 0) {
    say("Debian: skipped, there is no apt-get here");
    return [];
  }
  mkdirSync(folder, { recursive: true });
  // apt downloads as a user of its own.
  chmodSync(folder, 0o755);
  execFileSync("apt-get", ["download", "-qq", ...PACKAGES], { cwd: folder, stdio: "ignore" });
  const packages = readdirSync(folder).filter((name) => name.endsWith(".deb"));
  say(`Debian: ${packages.length} packages`);
  return packages.flatMap((name) => archivesOf(folder, name));
}

function archivesOf(folder: string, deb: string): ForeignArchive[] {
  const target = join(folder, deb.slice(0, deb.indexOf("_")));
  mkdirSync(target);
  execFileSync("dpkg-deb", ["-x", deb, target], { cwd: folder });
  const files = readdirSync(target, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile() && ARCHIVE.test(entry.name));
  return files.map((entry) => ({ source: extname(entry.name).slice(1), name: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }));
}

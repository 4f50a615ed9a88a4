import { makeProblem, type PluginManifest, type Problem, type ServiceManifest } from "@kosmarket/kit";
import type { PackageContents } from "../package/package-contents.ts";
import type { Check } from "./check.ts";

const LOCAL = /^(?:localhost|(?:.*\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0|host\.docker\.internal)(?::\d+)?$/i;

/** What leaves the host must be said: how long it is kept, where, and whether models are trained on it. */
export const dataHandlingCheck: Check = {
  id: "data-handling",
  severity: "B",
  title: "What happens to data",
  needs: "manifest",
  run(contents) {
    const lookedAt = "The network hosts or the endpoint, and `data_handling`, of the manifest.";
    const { plugin, service } = contents;
    if (plugin !== null) return { lookedAt, findings: judgePlugin(plugin, contents) };
    return { lookedAt, findings: service === null ? [] : judgeService(service, contents) };
  },
};

function judgePlugin(plugin: PluginManifest, contents: PackageContents): Problem[] {
  const far = plugin.network.filter((host) => !LOCAL.test(host));
  if (far.length === 0 || plugin.data_handling !== undefined) return [];
  return [report(contents, "B", `/network/${plugin.network.indexOf(far[0] ?? "")}`, `The plugin sends to ${far.slice(0, 3).map((host) => `\`${host}\``).join(", ")}${far.length > 3 ? " and others" : ""} and does not say what happens to the data.`)];
}

function judgeService(service: ServiceManifest, contents: PackageContents): Problem[] {
  if (service.endpoint === undefined || service.data_handling !== undefined || !URL.canParse(service.endpoint) || LOCAL.test(new URL(service.endpoint).host)) return [];
  return [report(contents, "W", "/services/0/endpoint", `What is sent to \`${new URL(service.endpoint).host}\` leaves the host, and the manifest does not say what happens to it.`)];
}

function report(contents: PackageContents, severity: "B" | "W", pointer: string, detail: string): Problem {
  return makeProblem({ code: "manifest.data-handling", check: "data-handling", severity, file: contents.manifestFile, pointer, ...contents.locate(pointer), detail, suggestion: "Add `data_handling` with `retention`, `regions` and `trains_on_input`." });
}

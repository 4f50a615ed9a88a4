import { parsePluginYaml, parseServicesYaml } from "@kosmarket/kit";
import { expect, test } from "vitest";
import { bytesOf } from "./read-vectors.ts";

function judgeEndpoint(endpoint: string): string {
  const { problems } = parseServicesYaml(bytesOf(`services:\n  - id: tide-talk\n    name: Tide Talk\n    type: llm\n    endpoint: "${endpoint}"\n    auth:\n      type: none\n    capabilities:\n      - embeddings\n`));
  return problems.filter((problem) => problem.severity !== "W").map((problem) => `${problem.severity} ${problem.code}`).join(", ");
}

test.each([
  "https://api.example.com/v1", "https://EXAMPLE.com:8443/", "http://localhost:6333", "http://127.0.0.1:8080", "http://[::1]:8080", "https://xn--mller-kva.example", "http://192.0.2.7/", "https://[2001:db8::1]/",
])("%s is an address that a host may call", (endpoint) => {
  expect(judgeEndpoint(endpoint)).toBe("");
});

test.each([
  "http://169.254.169.254/latest", "http://[fe80::1]/", "http://[fd00:ec2::254]", "http://metadata.google.internal/", "http://100.100.100.200/", "http://0.0.0.0:80", "http://[::]/", "http://224.0.0.1", "http://255.255.255.255", "http://[ff02::1]", "http://[::ffff:a9fe:a9fe]/", "http://[64:ff9b::a9fe:a9fe]/",
])("%s is no service's address", (endpoint) => {
  expect(judgeEndpoint(endpoint)).toBe("B manifest.forbidden-host");
});

test.each([
  "http://2130706433/", "http://0x7f.1", "http://127.1", "http://0177.0.0.1", "http://127.0.0.1./", "http://169.254.169.254./", "https://\u0430pi.openai.com", "https://ex%61mple.com", "http://\uff11\uff12\uff17.0.0.1", "http://[0:0:0:0:0:0:0:1]", "https:example.com", "https:///example.com", "ftp://example.com", "https://example.com\\\\@evil.example",
])("%s reads as another host than the one that is called", (endpoint) => {
  expect(judgeEndpoint(endpoint)).toBe("B manifest.invalid-url");
});

test.each(["http://10.0.0.1", "http://172.31.255.1", "http://192.168.1.1/", "http://100.64.0.1", "http://[fd12::1]", "http://router/", "http://nas.local", "http://db.internal:5432"])("%s is another machine in every network: a person asks", (endpoint) => {
  expect(judgeEndpoint(endpoint)).toBe("H manifest.private-address");
});

test("a plugin's network hosts are names or plain addresses, and never a cloud's metadata", () => {
  const judge = (host: string): number => parsePluginYaml(bytesOf(`id: tide-talk\nname: Tide\nentrypoint: main.ts\nversion: 1.0.0\nnetwork:\n  - "${host}"\n`)).problems.filter((problem) => problem.severity === "B").length;
  for (const host of ["api.example.com", "*.example.com:443", "localhost:8080", "127.0.0.1", "[::1]:8080", "3cx.example"]) expect(judge(host), host).toBe(0);
  for (const host of ["2130706433", "0x7f000001", "127.1:80", "169.254.169.254", "metadata.google.internal", "[fe80::1]", "0.0.0.0"]) expect(judge(host), host).toBe(1);
});

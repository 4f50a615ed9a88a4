import { afterAll, beforeAll, expect, test } from "vitest";
import { readSbom } from "#lib/catalog/index.ts";
import { deleteVersion } from "#lib/publishing/index.ts";
import { makePerson, makePublisher } from "#tests/support/accounts.ts";
import { seedPlugin } from "#tests/support/seed-plugin.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
beforeAll(async () => void (deps = await openTestDeps()));
afterAll(() => deps.close());

test("the bill of materials names the version by its hash, and what it needs with ranges; none for what was deleted", async () => {
  const owner = await makePerson(deps);
  const publisher = await makePublisher(deps, owner);
  const base = await seedPlugin(deps, { publisher });
  const id = await seedPlugin(deps, { publisher, manifest: ["license: MIT", "dependencies:", `  - ${base}: ^1.0.0`, '  - "@tensorflow/tfjs": "^4.0.0"', "  - npm: { left-pad: ^1.3.0 }"] });
  const sha256 = (await deps.db.version.findFirstOrThrow({ where: { listing: { slug: id } } })).artifactSha256;
  const sbom = await readSbom(deps, id, "1.0.0");
  expect(sbom).toMatchObject({
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    metadata: { component: { name: id, version: "1.0.0", hashes: [{ alg: "SHA-256", content: sha256 }], licenses: [{ expression: "MIT" }] } },
    dependencies: [{ ref: `listing:${id}@1.0.0`, dependsOn: [`listing:${base}`, "npm:@tensorflow/tfjs", "npm:left-pad"] }],
  });
  expect((sbom as { components: { purl?: string }[] }).components.map((component) => component.purl)).toEqual([`pkg:generic/${base}`, "pkg:npm/%40tensorflow/tfjs", "pkg:npm/left-pad"]);
  expect(await readSbom(deps, id, "1.0.0")).toEqual(sbom);
  expect(await readSbom(deps, id, "2.0.0")).toBeNull();
  await deleteVersion(deps, { principal: owner, id, version: "1.0.0", reason: "Wrong folder." });
  await expect(readSbom(deps, id, "1.0.0")).rejects.toMatchObject({ code: "gone" });
});

import { describe, expect, test } from "vitest";
import { routeTemplates } from "#lib/platform/index.ts";
import { templateOf } from "#web/template-of.ts";

describe("the template of a path", () => {
  test.each([
    ["/", "/"],
    ["/listings/tide-talk", "/listings/{id}"],
    ["/api/v1/listings/tide-talk/versions/1.0.0", "/api/v1/listings/{id}/versions/{version}"],
    ["/api/v1/listings/tide-talk/versions/1.0.0...1.1.0", "/api/v1/listings/{id}/versions/{a}...{b}"],
    ["/api/v1/publish", "/api/v1/publish"],
    ["/api/service/tide-talk/download", "/api/service/{id}/download"],
    ["/_next/static/chunks/a.js", "/_next/{file...}"],
    ["/_objects/artifacts/sha256/ab/cd/ef", "/_objects/{key...}"],
    ["/api/auth/signin/email", "/api/auth/{action...}"],
    ["/log/tile/0/000.p/17", "/log/tile/{path...}"],
    ["/log/tile/entries/x001/000", "/log/tile/{path...}"],
    ["/listings/a/b/c", "unmatched"],
    ["/wp-login.php", "unmatched"],
    ["/listings/", "unmatched"],
  ])("%s", (path, template) => {
    expect(templateOf(path)).toBe(template);
  });

  test("a hostile path costs no more than its length", () => {
    const started = performance.now();
    expect(templateOf(`/api/v1/listings/x/versions/${".".repeat(15_000)}/x/y`)).toBe("unmatched");
    expect(performance.now() - started).toBeLessThan(150);
  });

  test("a fixed path is found before a part that could be it", () => {
    const find = routeTemplates(["/publishers/{slug}", "/publishers/new"]);
    expect([find("/publishers/new"), find("/publishers/newer")]).toEqual(["/publishers/new", "/publishers/{slug}"]);
  });
});

import { declaredNames } from "./declared-names.ts";
import { findSelfWrites } from "./find-self-writes.ts";
import { knownBad } from "./known-bad.ts";
import { literalText, nameOf } from "./name-of.ts";
import type { SyntaxNode } from "./parsed-source.ts";
import { CALL_RULES, ESCAPE_MODULES, ESCAPE_NAMES, HOST_MEMBERS, IMPORT_RULES, MEMBER_RULES, SERVICE_RULES, WIDE_OBJECTS, type UseRule } from "./platform-uses.ts";
import type { SourceUse, SourceUses } from "./source-uses.ts";
import { isNode, walkSyntax } from "./walk-syntax.ts";

type Uses = SourceUses & { note: (list: SourceUse[], node: SyntaxNode, name: string) => void; declared: ReadonlySet<string>; properties: Set<unknown> };

const PLATFORM_NAMES = new Set(["fetch", "WebSocket", "EventSource", "XMLHttpRequest", "WebTransport"]);

/** Reads a syntax tree for the permissions it needs, the network hosts it names, and code made or loaded at run time. Null, what could not be parsed, uses nothing. */
export function findUses(program: SyntaxNode | null): SourceUses {
  const found: SourceUses = { permissions: [], hosts: [], dynamicCode: [], remoteCode: [], escapes: [], selfWrites: [], knownBad: [], invokesUnknownService: false, possible: [] };
  if (program === null) return found;
  const uses: Uses = {
    ...found,
    declared: declaredNames(program),
    properties: new Set(),
    note: (list, node, name) => list.push({ name: name.slice(0, 120), offset: node.start }),
  };
  walkSyntax(program, (node) => readNode(node, uses));
  return { ...found, selfWrites: findSelfWrites(program), invokesUnknownService: uses.invokesUnknownService };
}

function readNode(node: SyntaxNode, uses: Uses): void {
  if (node.type === "CallExpression" || node.type === "NewExpression") readCall(node, uses);
  else if (node.type === "MemberExpression") readMember(node, uses);
  else if (node.type === "ImportDeclaration" || node.type === "ExportNamedDeclaration" || node.type === "ExportAllDeclaration" || node.type === "ImportExpression") readImport(node, uses);
  else if (node.type === "VariableDeclarator" || node.type === "AssignmentExpression") readAlias(node, uses);
  else if (node.type === "ObjectPattern") uses.possible.push(...patternKeys(node).flatMap((key) => HOST_MEMBERS[key] ?? []));
  else if (node.type === "Identifier") readIdentifier(node, uses);
  else if (node.type === "Literal" || node.type === "TemplateElement") readText(node, uses);
  else if ("key" in node && node.computed !== true && node.shorthand !== true) uses.properties.add(node.key);
  else if (node.type === "TSTypeReference") uses.properties.add(node.typeName);
}

function readCall(node: SyntaxNode, uses: Uses): void {
  const name = nameOf(node.callee);
  const args: unknown[] = Array.isArray(node.arguments) ? node.arguments : [];
  if (name === null || isShadowed(name, uses)) return;
  if (name === "eval" || name === "Function") uses.note(uses.dynamicCode, node, name);
  if ((name === "setTimeout" || name === "setInterval") && literalText(args[0]) !== null) uses.note(uses.dynamicCode, node, `${name} with a string`);
  if (name === "importScripts") uses.note(uses.remoteCode, node, name);
  if (name === "require" && literalText(args[0]) !== null) readSpecifier(node, literalText(args[0]) ?? "", uses);
  if (name === "bus.invoke" || name.endsWith(".bus.invoke")) readInvoke(node, args, uses);
  const rule = CALL_RULES.find((each) => each.name.test(name));
  if (rule === undefined) return;
  notePermission(rule, node, name, uses);
  if (rule.anyOf[0] === "network") readAddress(node, args[0], uses);
}

/** One text as it is written: what is put together at run time is for a person to see. */
function readText(node: SyntaxNode, uses: Uses): void {
  const value: unknown = node.type === "TemplateElement" && typeof node.value === "object" && node.value !== null && "cooked" in node.value ? node.value.cooked : node.value;
  const does = typeof value === "string" ? knownBad(value) : null;
  if (does !== null) uses.note(uses.knownBad, node, does);
}

function isShadowed(name: string, uses: Uses): boolean {
  const root = name.split(".")[0] ?? "";
  // `host` and `bus` are the names that the plugin itself gives to what the host passes in.
  return root !== "host" && root !== "bus" && uses.declared.has(root);
}

function notePermission(rule: UseRule, node: SyntaxNode, name: string, uses: Uses): void {
  const place: SourceUse[] = [];
  uses.note(place, node, name);
  for (const use of place) uses.permissions.push({ ...use, anyOf: rule.anyOf });
}

function readInvoke(node: SyntaxNode, args: unknown[], uses: Uses): void {
  const service = literalText(args[0]);
  if (service === null) {
    uses.invokesUnknownService = true;
    return;
  }
  const rule = SERVICE_RULES.find((each) => each.name.test(service)) ?? { name: /./, anyOf: ["service_invoke"] as const };
  notePermission(rule, node, `bus.invoke("${service}")`, uses);
  if (rule.anyOf[0] === "network") readAddress(node, findUrlProperty(args[2]), uses);
}

function findUrlProperty(node: unknown): unknown {
  if (!isNode(node) || node.type !== "ObjectExpression" || !Array.isArray(node.properties)) return null;
  const property = (node.properties as unknown[]).find((each) => isNode(each) && isNode(each.key) && each.key.name === "url");
  return isNode(property) ? property.value : null;
}

function readAddress(node: SyntaxNode, argument: unknown, uses: Uses): void {
  const wrapped = isNode(argument) && argument.type === "NewExpression" && nameOf(argument.callee) === "URL" && Array.isArray(argument.arguments);
  const text = literalText(wrapped ? (argument.arguments as unknown[])[0] : argument);
  if (text === null || !/^(?:https?|wss?):\/\/[^/]/i.test(text) || !URL.canParse(text)) return;
  uses.note(uses.hosts, node, new URL(text).host);
}

function readMember(node: SyntaxNode, uses: Uses): void {
  if (node.computed !== true) uses.properties.add(node.property);
  const name = nameOf(node);
  const object = nameOf(node.object);
  if (name === null && object !== null && WIDE_OBJECTS.has(object) && !uses.declared.has(object)) uses.note(uses.dynamicCode, node, `${object}[…]`);
  if (name === null || isShadowed(name, uses)) return;
  readName(node, name, uses);
}

function readName(node: SyntaxNode, name: string, uses: Uses): void {
  if (ESCAPE_NAMES.test(name)) uses.note(uses.escapes, node, name);
  const rule = MEMBER_RULES.find((each) => each.name.test(name));
  if (rule !== undefined) notePermission(rule, node, name, uses);
}

// `const { Command } = Deno` and `const d = Deno` reach the same things by another name.
function readAlias(node: SyntaxNode, uses: Uses): void {
  const pattern = node.type === "VariableDeclarator" ? node.id : node.left;
  const from = nameOf(node.type === "VariableDeclarator" ? node.init : node.right);
  if (from === null || !isNode(pattern) || isShadowed(from, uses) || !(WIDE_OBJECTS.has(from) || from === "host")) return;
  if (pattern.type !== "ObjectPattern") {
    if (from !== "host") uses.note(uses.dynamicCode, node, `another name for ${from}`);
    return;
  }
  for (const key of patternKeys(pattern)) {
    const name = `${from}.${key}`.replace(/^(?:globalThis|window|self)\./, "");
    readName(node, name, uses);
    const rule = CALL_RULES.find((each) => each.name.test(name));
    if (rule !== undefined) notePermission(rule, node, name, uses);
  }
}

function patternKeys(pattern: SyntaxNode): string[] {
  const properties: unknown[] = Array.isArray(pattern.properties) ? pattern.properties : [];
  return properties.flatMap((each) => (isNode(each) && isNode(each.key) ? [literalText(each.key) ?? String(each.key.name ?? "")] : []));
}

function readIdentifier(node: SyntaxNode, uses: Uses): void {
  const name = String(node.name);
  if (!PLATFORM_NAMES.has(name) || uses.properties.has(node) || uses.declared.has(name)) return;
  const rule = CALL_RULES.find((each) => each.name.test(name));
  if (rule !== undefined) notePermission(rule, node, name, uses);
}

function readImport(node: SyntaxNode, uses: Uses): void {
  if (node.importKind === "type" || node.exportKind === "type" || node.source === null || node.source === undefined) return;
  const specifier = isNode(node.source) && node.source.type === "Literal" ? literalText(node.source) : null;
  if (specifier === null) uses.note(uses.dynamicCode, node, "import of a computed name");
  else readSpecifier(node, specifier, uses);
}

function readSpecifier(node: SyntaxNode, specifier: string, uses: Uses): void {
  if (/^(?:https?|data|blob):/i.test(specifier)) uses.note(uses.remoteCode, node, specifier);
  if (ESCAPE_MODULES.test(specifier)) uses.note(uses.escapes, node, specifier);
  const rule = IMPORT_RULES.find((each) => each.name.test(specifier));
  if (rule !== undefined) notePermission(rule, node, specifier, uses);
}

import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { wrongUsage } from "../command-line/errors.ts";
import { GLOBAL_OPTIONS } from "../command-line/shared-options.ts";

const SHELLS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const satisfies Record<string, (commands: readonly Command[]) => string>;
type Shell = keyof typeof SHELLS;

/** The command that prints what a shell needs to complete the others; `commands` is asked when it runs, since it is one of them. */
export function completionCommand(commands: () => readonly Command[]): Command {
  return {
    name: "completion",
    group: "shell",
    summary: "Print what bash, zsh or fish needs to complete kos",
    usage: ["kos completion bash|zsh|fish"],
    positionals: { min: 1, max: 1 },
    options: {},
    notes: ["bash: `kos completion bash > ~/.local/share/bash-completion/completions/kos`", "zsh: `kos completion zsh > ~/.zfunc/_kos`, with ~/.zfunc in fpath before compinit", "fish: `kos completion fish > ~/.config/fish/completions/kos.fish`"],
    run: (context) => printCompletion(context, commands()),
  };
}

async function printCompletion({ args, terminal }: CommandContext, commands: readonly Command[]): Promise<Outcome> {
  const [name = ""] = args.positionals;
  const shell = (Object.keys(SHELLS) as Shell[]).find((each) => each === name);
  if (shell === undefined) throw wrongUsage(`\`${name}\` is no shell that it knows`, `One of ${Object.keys(SHELLS).join(", ")}.`);
  const script = SHELLS[shell](commands);
  terminal.line(script);
  return { exit: "ok", json: { ok: true, shell, script } };
}

const optionsOf = (command: Command) => Object.entries({ ...command.options, ...GLOBAL_OPTIONS });
const inQuotes = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function bashScript(commands: readonly Command[]): string {
  const cases = commands.map((command) => `    ${command.name}) words=${inQuotes(optionsOf(command).map(([option]) => `--${option}`).join(" "))} ;;`);
  return `_kos() {
  local current=\${COMP_WORDS[COMP_CWORD]} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${inQuotes(["help", ...commands.map(({ name }) => name)].join(" "))} -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
    help) words=${inQuotes(commands.map(({ name }) => name).join(" "))} ;;
${cases.join("\n")}
  esac
  if [ "\${COMP_WORDS[1]}" = help ] || [ "\${current:0:1}" = - ]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}
complete -o default -F _kos kos`;
}

function zshScript(commands: readonly Command[]): string {
  const item = (name: string, text: string): string => inQuotes(`${name}:${text.replaceAll(":", "\\:")}`);
  const cases = commands.map((command) => `    ${command.name}) items=(${optionsOf(command).map(([option, { text }]) => item(`--${option}`, text)).join(" ")}) ;;`);
  return `#compdef kos
_kos() {
  local -a items
  if (( CURRENT == 2 )) || [[ "$words[2]" == help ]]; then
    items=(${commands.map(({ name, summary }) => item(name, summary)).join(" ")})
    _describe -t commands command items
    return
  fi
  case "$words[2]" in
${cases.join("\n")}
  esac
  if [[ "$PREFIX" == -* ]]; then _describe -o -t options option items; else _files; fi
}
if [[ "$funcstack[1]" == _kos ]]; then _kos "$@"; else compdef _kos kos; fi`;
}

function fishScript(commands: readonly Command[]): string {
  const names = commands.map(({ name, summary }) => `complete -c kos -n __fish_use_subcommand -f -a ${name} -d ${inFishQuotes(summary)}`);
  const options = commands.flatMap((command) => optionsOf(command).map(([option, spec]) => `complete -c kos -n '__fish_seen_subcommand_from ${command.name}' -l ${option}${"value" in spec ? " -r" : ""} -d ${inFishQuotes(spec.text)}`));
  return [...names, ...options].join("\n");
}

const inFishQuotes = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

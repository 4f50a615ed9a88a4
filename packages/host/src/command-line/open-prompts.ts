import { createInterface } from "node:readline";
import { wrongUsage } from "./errors.ts";
import { stripControls } from "./strip-controls.ts";

export interface Choice<Value> {
  label: string;
  value: Value;
}

/** Questions to the person at the terminal. A command holds none where nobody could answer. */
export interface Prompts {
  /** One line. Enter alone gives `suggestion`; without one it asks again. */
  ask: (question: string, suggestion?: string) => Promise<string>;
  /** One of several by its number; Enter alone takes the first. */
  choose: <Value>(question: string, choices: readonly Choice<Value>[]) => Promise<Value>;
  /** Yes or no; Enter alone is no. */
  confirm: (question: string) => Promise<boolean>;
  /** One line that is not shown; Enter alone gives an empty one. */
  secret: (question: string) => Promise<string>;
}

/** Where answers come from: a terminal's standard input. */
export interface Answers extends NodeJS.ReadableStream {
  isTTY?: boolean;
  setRawMode?: (raw: boolean) => unknown;
}

interface PromptStreams {
  input: Answers;
  output: { write: (text: string) => unknown };
}

const ENTER = new Set(["\r", "\n", "\u0004"]);
const INTERRUPT = "\u0003";
const ERASE = new Set(["\u007f", "\b"]);

/** Opens the questions on a terminal. They go to standard error, so that standard output stays the result's. */
export function openPrompts(streams: PromptStreams): Prompts {
  const ask: Prompts["ask"] = async (question, suggestion) => {
    for (;;) {
      const answer = (await readLine(streams, `${stripControls(question)}${suggestion === undefined ? "" : ` [${stripControls(suggestion)}]`} `)).trim();
      if (answer !== "") return answer;
      if (suggestion !== undefined) return suggestion;
    }
  };
  return {
    ask,
    choose: async (question, choices) => {
      streams.output.write(`${choices.map(({ label }, at) => `  ${at + 1}  ${stripControls(label)}`).join("\n")}\n`);
      for (;;) {
        const chosen = choices[Number(await ask(question, "1")) - 1];
        if (chosen !== undefined) return chosen.value;
      }
    },
    confirm: async (question) => /^y(?:es)?$/i.test(await ask(`${question} (y/N)`, "n")),
    secret: (question) => readSecret(streams, `${stripControls(question)} `),
  };
}

/** The terminal itself echoes and edits the line; the end of input, as Ctrl-D gives it, is no answer. */
function readLine({ input, output }: PromptStreams, question: string): Promise<string> {
  output.write(question);
  const lines = createInterface({ input, terminal: false });
  return new Promise((resolve, reject) => {
    lines.once("line", (line) => {
      resolve(line);
      lines.close();
    });
    lines.once("close", () => reject(noAnswer()));
  });
}

/** Reads key by key, since a terminal shows whole lines as they are typed. */
function readSecret({ input, output }: PromptStreams, question: string): Promise<string> {
  output.write(question);
  input.setRawMode?.(true);
  return new Promise((resolve, reject) => {
    let typed = "";
    const end = (settle: () => void): void => {
      input.removeListener("data", take).removeListener("end", stop);
      input.setRawMode?.(false);
      input.pause();
      output.write("\n");
      settle();
    };
    // The input stays open, or the process would end by itself before the signal arrives.
    const interrupt = (): void => {
      input.setRawMode?.(false);
      process.kill(process.pid, "SIGINT");
    };
    const stop = (): void => end(() => reject(noAnswer()));
    const take = (data: Buffer | string): void => {
      for (const key of data.toString("utf8")) {
        if (ENTER.has(key)) return end(() => resolve(typed));
        // Without the terminal's help a Ctrl-C is but a key; it must still stop the command.
        if (key === INTERRUPT) return interrupt();
        typed = ERASE.has(key) ? [...typed].slice(0, -1).join("") : typed + key;
      }
    };
    input.on("data", take).once("end", stop);
    input.resume();
  });
}

const noAnswer = () => wrongUsage("a question was left without an answer", "Run it again, or give the answer by an option: `kos help COMMAND` lists them.");

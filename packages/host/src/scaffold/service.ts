import { ICON, IGNORED, quoted, type ScaffoldFiles, type ScaffoldInput } from "./scaffold-kind.ts";

/** The description of one service: a language model behind HTTP. */
export function service({ id, name, license }: ScaffoldInput): ScaffoldFiles {
  return {
    "service.yaml": `services:
  - id: ${id}
    name: ${quoted(name)}
    description: Completes a text. Say here what the service does, in one sentence.
    type: llm
    # Where it answers; hosts on the same machine may use http.
    endpoint: http://localhost:8080
    auth:
      # Or bearer_token with token_env: the variable where a host finds the secret, never the secret itself.
      type: none
    capabilities:
      - text_generation
    endpoints:
      - { id: text_generation, path: /v1/completions, method: POST }
    parameters:
      text_generation:
        - { key: prompt, label: Prompt, type: string, required: true }
        - { key: model, label: Model, type: string }
    health: { method: GET, path: /health, expected_status: 200 }
    ui:
      icon: icon.svg
      color: "#52525b"
    trust_level: unverified
    version: "0.1.0"
    license: ${license}
    data_handling:
      retention: none
      trains_on_input: false
`,
    "README.md": `# ${name}

Completes a text. Say here what the service does, and who runs it.

## Usage

Start the service on port 8080, and add it to a host: the prompt goes to \`POST /v1/completions\`.

## Data

It keeps nothing of what it is sent. Say here what becomes of prompts and answers.
`,
    "CHANGELOG.md": "# Changes\n\n## 0.1.0\n\nThe first version.\n",
    "icon.svg": ICON,
    ".kosignore": IGNORED,
  };
}

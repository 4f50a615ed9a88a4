export type PermissionRisk = "low" | "medium" | "high";

interface PermissionShape {
  readonly id: string;
  readonly label: string;
  readonly sentence: string;
  readonly risk: PermissionRisk;
  readonly enforcement: string;
  readonly aliasOf?: string;
}

/** Every permission that a plugin can ask for, as a host owner reads it before saying yes. */
export const PERMISSIONS = [
  { id: "log_output", label: "Write to the log", risk: "low",
    sentence: "It writes lines to the host's log.", enforcement: "The bus accepts log lines, bounded in size and rate." },
  { id: "read_config", label: "Read its settings", risk: "low",
    sentence: "It reads the settings you made for it.", enforcement: "The bus returns this plugin's own settings and no others." },
  { id: "audio_output", label: "Play sound", risk: "low",
    sentence: "It plays sound through your speakers.", enforcement: "The bus hands the sound to a host adapter." },
  { id: "audio_input", label: "Use the microphone", risk: "high",
    sentence: "It listens through your microphone.", enforcement: "The bus hands out a stream from a host adapter, visibly marked while open." },
  { id: "llm_access", label: "Use language models", risk: "medium",
    sentence: "It sends text to the language models you have set up.", enforcement: "The bus calls the model within a budget; keys never enter the plugin." },
  { id: "vector_access", label: "Use vector stores", risk: "medium",
    sentence: "It reads and writes your vector stores.", enforcement: "The bus calls the store; keys never enter the plugin." },
  { id: "image_gen_access", label: "Use image generators", risk: "medium",
    sentence: "It makes pictures with the generators you have set up.", enforcement: "The bus calls the generator within a budget; keys never enter the plugin." },
  { id: "service_invoke", label: "Call other services", risk: "medium",
    sentence: "It calls the other services you have installed.", enforcement: "The bus checks every call against the grants." },
  { id: "event_broadcast", label: "Send events", risk: "low",
    sentence: "It sends events that your other plugins can hear.", enforcement: "The broker checks the sender's pipe, never what the message claims." },
  { id: "storage", label: "Keep its own files", risk: "low",
    sentence: "It keeps files in a folder of its own.", enforcement: "One folder per plugin, with a quota." },
  { id: "file_read", label: "Read files you pick", risk: "high",
    sentence: "It reads the files and folders you pick for it.", enforcement: "The host's picker; the real path is resolved, then mounted read-only." },
  { id: "file_write", label: "Change files you pick", risk: "high",
    sentence: "It changes the files and folders you pick for it.", enforcement: "The host's picker; the real path is resolved, then mounted." },
  { id: "network", label: "Reach listed hosts", risk: "high",
    sentence: "It talks to the internet hosts that it lists, and to no others.", enforcement: "No network inside the sandbox; the bus fetches from listed hosts only and refuses private addresses." },
  { id: "http_request", label: "Reach listed hosts", risk: "high", aliasOf: "network",
    sentence: "It talks to the internet hosts that it lists, and to no others.", enforcement: "As `network`." },
  { id: "clipboard", label: "Use the clipboard", risk: "medium",
    sentence: "It reads and replaces what you have copied.", enforcement: "The bus hands each access to a host adapter." },
  { id: "notifications", label: "Show notifications", risk: "low",
    sentence: "It shows notifications.", enforcement: "The bus hands each one to a host adapter, limited in rate." },
  { id: "ui_menu", label: "Appear in the menu", risk: "low",
    sentence: "It adds itself to the menu.", enforcement: "The host draws the entry from the manifest." },
  { id: "ui_panel", label: "Show a panel", risk: "medium",
    sentence: "It shows a panel of its own.", enforcement: "Declared elements, or an isolated frame." },
  { id: "credentials", label: "Use stored credentials", risk: "high",
    sentence: "It makes requests with passwords and keys you have stored.", enforcement: "The host adds the secret to the request and never returns it." },
  { id: "spawn_process", label: "Start programs", risk: "high",
    sentence: "It starts other programs on this machine.", enforcement: "Granted to `system` plugins only." },
  { id: "gpu", label: "Use the graphics processor", risk: "medium",
    sentence: "It computes on your graphics processor.", enforcement: "The bus hands jobs to a host adapter." },
] as const satisfies readonly PermissionShape[];

/** Every word that may stand in a manifest. */
export type DeclaredPermission = (typeof PERMISSIONS)[number]["id"];
/** The words after aliases are folded: what grants, diffs and pages use. */
export type PermissionId = Exclude<DeclaredPermission, "http_request">;

export const DECLARED_PERMISSIONS: readonly DeclaredPermission[] = PERMISSIONS.map((permission) => permission.id);

/** The permission that a declared word stands for. */
export function foldPermission(declared: DeclaredPermission): PermissionId {
  return declared === "http_request" ? "network" : declared;
}

/** How much harm a permission can do; what is unknown counts as high. */
export function permissionRisk(id: string): PermissionRisk {
  return PERMISSIONS.find((permission) => permission.id === id)?.risk ?? "high";
}

export interface SnippetFacts {
  provider: "github" | "gitlab" | "generic";
  registry: string;
  publisher: string;
  environment: string | null;
}

/** The job that publishes, ready to copy into the workflow's file. */
export function workflowSnippet({ provider, registry, publisher, environment }: SnippetFacts): string {
  if (provider === "gitlab") {
    return `publish:
  rules:
    - if: $CI_COMMIT_TAG
${environment === null ? "" : `  environment: ${environment}\n`}  timeout: 10 minutes
  id_tokens:
    KOS_ID_TOKEN:
      aud: ${registry}
  script:
    - npx @kosmarket/host publish . --publisher ${publisher} --registry ${registry}`;
  }
  if (provider === "github") {
    return `jobs:
  publish:
    runs-on: ubuntu-latest
${environment === null ? "" : `    environment: ${environment}\n`}    permissions:
      contents: read
      id-token: write
    steps:
      - uses: actions/checkout@v4
      - run: npx @kosmarket/host publish . --publisher ${publisher} --registry ${registry}`;
  }
  return `# KOS_ID_TOKEN: an identity token of the issuer for the audience ${registry}
npx @kosmarket/host publish . --publisher ${publisher} --registry ${registry}`;
}

/** What a line of the list calls where the workflow runs. */
export const PROVIDER_NAMES = { github: "GitHub Actions", gitlab: "GitLab CI", generic: "Other issuer" } as const;

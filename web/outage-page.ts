/** What a browser gets when a page cannot be made: it says what still works, and needs nothing but itself. */
export function outagePage(nonce: string, what: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Back shortly · kOS Marketplace</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100dvh; display: grid; place-content: center; padding: 2rem; font: 16px/1.6 system-ui, sans-serif; background: light-dark(#fcfbf9, #11100f); color: light-dark(#21201c, #eeeeec); }
main { max-width: 34rem; }
p.code { margin: 0; font: 13px ui-monospace, monospace; color: light-dark(#63635e, #b5b3ad); }
h1 { margin: .25rem 0 .75rem; font-size: 1.625rem; line-height: 1.25; }
p { margin: 0 0 .75rem; }
a { color: inherit; text-underline-offset: 3px; }
</style>
</head>
<body>
<main>
<p class="code">503</p>
<h1>Back shortly</h1>
<p>${what} does not answer at the moment, so this page cannot be made. Nothing is lost, and the fault is on record.</p>
<p>Hosts are not affected: the <a href="/api/feed.json">update feed</a> and downloads keep answering, and so do the pages that were read lately, such as <a href="/">the front page</a>.</p>
<p>Try again in a few seconds.</p>
</main>
</body>
</html>
`;
}

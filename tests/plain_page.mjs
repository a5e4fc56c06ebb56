/** A page of `dist/` with nothing but the tag, as the package's README says. */
export const plainPage = `<!doctype html>
<meta charset="utf-8">
<title>A plain page</title>
<link rel="icon" href="data:,">
<script type="module" src="smoothgrad/element.js"></script>
<smooth-grad src="site/photos/rocket.jpg" samples="2"></smooth-grad>`;

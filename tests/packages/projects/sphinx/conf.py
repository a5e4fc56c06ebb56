project = "A project with the package"
extensions = ["myst_parser"]  # for pages in Markdown
html_static_path = ["_static"]  # smoothgrad/ and smoothgrad-efficientnet-lite0/ lie there
html_js_files = [("smoothgrad/element.js", {"type": "module"})]
exclude_patterns = ["node_modules", "venv", "_static", "dist", "public"]

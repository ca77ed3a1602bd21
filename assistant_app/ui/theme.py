"""Colours, measures and what Tailwind is told of them."""

from reflex_base.plugins.shared_tailwind import TailwindConfig

TAILWIND: TailwindConfig = {
    # Reflex has Tailwind scan its own output only; our scripts and memoised components hold classes as well.
    "content": [
        "./app/**/*.{js,jsx}",
        "./app_components/**/*.{js,jsx}",
        "./utils/**/*.{js,jsx}",
        "./public/external/**/*.js",
    ],
    "theme": {
        "extend": {
            "colors": {
                "ink": "var(--gray-12)",
                "quiet": "var(--gray-11)",
                "line": "var(--gray-a5)",
                "hover": "var(--gray-a3)",
                "panel": "var(--color-panel-solid)",
                "side": "var(--gray-2)",
                "page": "var(--color-background)",
                "accent": "var(--accent-9)",
                "accentink": "var(--accent-11)",
                "bubble": "var(--accent-a3)",
            }
        }
    },
    "plugins": ["@tailwindcss/typography@0.5.20"],
}

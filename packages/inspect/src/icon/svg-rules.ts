/** Elements that draw. Anything else is left out of the sanitised icon or refused. */
export const SVG_ELEMENTS: ReadonlySet<string> = new Set([
  "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "text", "tspan",
  "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker", "filter",
  "feGaussianBlur", "feOffset", "feBlend", "feColorMatrix", "feComposite", "feFlood", "feMerge", "feMergeNode", "feDropShadow",
]);

/** Elements that run, load or navigate: an icon that has one is refused, since taking it out would hide what was tried. */
export const SVG_ACTIVE_ELEMENTS: ReadonlySet<string> = new Set([
  "script", "foreignobject", "iframe", "object", "embed", "audio", "video", "image", "img", "feimage", "a", "handler", "listener",
  "style", "animate", "animatemotion", "animatetransform", "set", "link", "meta", "base", "body", "html", "discard",
]);

/** Attributes that draw; `xmlns` is written by the sanitiser itself. */
export const SVG_ATTRIBUTES: ReadonlySet<string> = new Set([
  "id", "class", "role", "aria-hidden", "aria-label", "aria-labelledby", "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy",
  "d", "points", "pathLength", "transform", "preserveAspectRatio", "version", "overflow", "opacity", "color", "display", "visibility", "style",
  "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "stroke-opacity",
  "clip-path", "clip-rule", "clipPathUnits", "mask", "maskUnits", "maskContentUnits", "filter", "filterUnits", "primitiveUnits", "color-interpolation-filters",
  "gradientUnits", "gradientTransform", "spreadMethod", "offset", "stop-color", "stop-opacity", "patternUnits", "patternContentUnits", "patternTransform",
  "markerWidth", "markerHeight", "markerUnits", "refX", "refY", "orient", "marker-start", "marker-mid", "marker-end", "vector-effect", "paint-order", "shape-rendering", "mix-blend-mode", "isolation",
  "font-family", "font-size", "font-weight", "font-style", "letter-spacing", "text-anchor", "dominant-baseline", "dx", "dy", "href", "xlink:href",
  "in", "in2", "result", "stdDeviation", "mode", "type", "values", "operator", "k1", "k2", "k3", "k4", "flood-color", "flood-opacity",
]);

"use strict";(self.rspackChunkcontainer_workbook=self.rspackChunkcontainer_workbook||[]).push([[76],{"./node_modules/css-loader/dist/cjs.js!./style/panel.css"(e,t,o){var r=o("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),n=o.n(r),s=o("./node_modules/css-loader/dist/runtime/api.js"),a=(o.n(s))()(n());a.push([e.id,`/* Colours are JupyterLab's where there are any; the plain page brings none and takes the others. */

.cwp {
  --cwp-ok: #116329;
  --cwp-no: #a40e26;
  --cwp-later: #57606a;
  --cwp-paper: var(--jp-layout-color1, #fff);
  --cwp-ink: var(--jp-ui-font-color0, #1f2328);
  --cwp-line: var(--jp-border-color1, #8c959f);
  --cwp-focus: var(--jp-brand-color1, #0969da);
  box-sizing: border-box;
  min-width: 0;
  padding: 0.6em 1em 2em;
  overflow: auto;
  background: var(--cwp-paper);
  color: var(--cwp-ink);
  font: var(--jp-ui-font-size1, 15px) / 1.5 var(--jp-ui-font-family, system-ui, sans-serif);
  overflow-wrap: anywhere;
}

body[data-jp-theme-light='false'] .cwp {
  --cwp-ok: #56d364;
  --cwp-no: #ff7b72;
  --cwp-later: #b0b8c1;
  color-scheme: dark;
}

@media (prefers-color-scheme: dark) {
  body.cwp-page .cwp {
    --cwp-ok: #56d364;
    --cwp-no: #ff7b72;
    --cwp-later: #b0b8c1;
    --cwp-paper: #0d1117;
    --cwp-ink: #e6edf3;
    --cwp-line: #656d76;
    --cwp-focus: #58a6ff;
  }
}

.cwp h2 {
  margin: 0.2em 0;
  font-size: 1.2em;
  font-weight: 600;
}

.cwp h3 {
  margin: 1.2em 0 0.3em;
  font-size: 1em;
  font-weight: 600;
}

.cwp p {
  margin: 0.3em 0;
}

.cwp p:empty,
.cwp ol:empty {
  display: none;
}

.cwp progress {
  width: 100%;
  height: 0.6em;
  accent-color: var(--cwp-ok);
}

.cwp ul,
.cwp .cwp-steps {
  margin: 0.3em 0;
  padding: 0;
  list-style: none;
}

.cwp-steps > li {
  margin: 0.3em 0;
  padding-left: 0.6em;
  border-left: 3px solid var(--cwp-line);
}

.cwp summary {
  cursor: pointer;
}

.cwp details ul > li {
  margin: 0.35em 0 0.35em 1em;
}

.cwp-badge {
  font-weight: 600;
}

.cwp-held,
.cwp-once {
  color: var(--cwp-ok);
}

.cwp-failed,
.cwp-lost,
.cwp-trouble {
  color: var(--cwp-no);
}

.cwp-unknown {
  color: var(--cwp-later);
}

/* In sight wherever somebody has scrolled to. */
.cwp .cwp-trouble {
  position: sticky;
  top: 0;
  padding: 0.3em 0.6em;
  border: 2px solid currentcolor;
  background: var(--cwp-paper);
}

.cwp:has(.cwp-trouble) {
  scroll-padding-top: 8em;
}

.cwp dl {
  display: grid;
  grid-template-columns: max-content 1fr;
  gap: 0 0.8em;
  margin: 0.1em 0 0.4em;
}

.cwp dt {
  font-weight: 600;
}

.cwp dd {
  margin: 0;
  min-width: 0;
}

.cwp-note,
.cwp-scored {
  font-style: italic;
}

.cwp .cwp-hints {
  margin: 0.4em 0;
  padding-left: 1.6em;
}

.cwp-buttons {
  display: flex;
  flex-wrap: wrap;
  gap: 0.5em;
}

.cwp button {
  min-height: 24px;
  padding: 0.15em 0.7em;
  border: 1px solid var(--cwp-line);
  border-radius: 3px;
  background: transparent;
  color: inherit;
  font: inherit;
  text-align: left;
  cursor: pointer;
}

.cwp button[aria-disabled] {
  border-style: dashed;
  cursor: default;
}

.cwp button:hover {
  text-decoration: underline;
}

.cwp .cwp-link {
  border: 0;
  padding-left: 0;
  text-decoration: underline;
}

.cwp .cwp-link[aria-current] {
  font-weight: 600;
}

.cwp button:focus-visible,
.cwp summary:focus-visible {
  outline: 3px solid var(--cwp-focus);
  outline-offset: 2px;
}

.cwp:focus-visible {
  outline: 3px solid var(--cwp-focus);
  outline-offset: -3px;
}

.cwp-status {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
}

.cwp-dialog {
  box-sizing: border-box;
  max-width: min(60em, 94vw);
  max-height: 92vh;
  overflow: auto;
  border: 2px solid var(--cwp-line);
  background: var(--cwp-paper);
  color: var(--cwp-ink);
}

.cwp-dialog::backdrop {
  background: rgb(0 0 0 / 50%);
}

.cwp-map img {
  max-width: 100%;
}

.cwp-map pre {
  overflow: auto;
  font-size: 0.9em;
}

@media (prefers-reduced-motion: no-preference) {
  .cwp-held {
    animation: cwp-tick 0.6s ease-out;
  }

  @keyframes cwp-tick {
    from {
      transform: translateY(-0.2em);
    }
  }
}

/* The plain page */

body.cwp-page {
  margin: 0;
  color-scheme: light dark;
}

body.cwp-page .cwp {
  min-height: 100vh;
  overflow: visible;
  padding-inline: max(1em, calc(50vw - 24em));
}
`,""]),o.d(t,{},{A:a})},"./node_modules/css-loader/dist/runtime/api.js"(e){e.exports=function(e){var t=[];return t.toString=function(){return this.map(function(t){var o="",r=void 0!==t[5];return t[4]&&(o+="@supports (".concat(t[4],") {")),t[2]&&(o+="@media ".concat(t[2]," {")),r&&(o+="@layer".concat(t[5].length>0?" ".concat(t[5]):""," {")),o+=e(t),r&&(o+="}"),t[2]&&(o+="}"),t[4]&&(o+="}"),o}).join("")},t.i=function(e,o,r,n,s){"string"==typeof e&&(e=[[null,e,void 0]]);var a={};if(r)for(var i=0;i<this.length;i++){var c=this[i][0];null!=c&&(a[c]=!0)}for(var p=0;p<e.length;p++){var l=[].concat(e[p]);r&&a[l[0]]||(void 0!==s&&(void 0===l[5]||(l[1]="@layer".concat(l[5].length>0?" ".concat(l[5]):""," {").concat(l[1],"}")),l[5]=s),o&&(l[2]&&(l[1]="@media ".concat(l[2]," {").concat(l[1],"}")),l[2]=o),n&&(l[4]?(l[1]="@supports (".concat(l[4],") {").concat(l[1],"}"),l[4]=n):l[4]="".concat(n)),t.push(l))}},t}},"./node_modules/css-loader/dist/runtime/noSourceMaps.js"(e){e.exports=function(e){return e[1]}},"./style/panel.css"(e,t,o){o.r(t);var r=o("./node_modules/style-loader/dist/runtime/injectStylesIntoStyleTag.js"),n=o.n(r),s=o("./node_modules/style-loader/dist/runtime/styleDomAPI.js"),a=o.n(s),i=o("./node_modules/style-loader/dist/runtime/insertBySelector.js"),c=o.n(i),p=o("./node_modules/style-loader/dist/runtime/setAttributesWithoutAttributes.js"),l=o.n(p),d=o("./node_modules/style-loader/dist/runtime/insertStyleElement.js"),u=o.n(d),m=o("./node_modules/style-loader/dist/runtime/styleTagTransform.js"),f=o.n(m),w=o("./node_modules/css-loader/dist/cjs.js!./style/panel.css"),h={};h.styleTagTransform=f(),h.setAttributes=l(),h.insert=c().bind(null,"head"),h.domAPI=a(),h.insertStyleElement=u(),n()(w.A,h);let v=w.A&&w.A.locals?w.A.locals:void 0;o.d(t,{},{default:v})},"./node_modules/style-loader/dist/runtime/injectStylesIntoStyleTag.js"(e){var t=[];function o(e){for(var o=-1,r=0;r<t.length;r++)if(t[r].identifier===e){o=r;break}return o}function r(e,r){for(var n={},s=[],a=0;a<e.length;a++){var i=e[a],c=r.base?i[0]+r.base:i[0],p=n[c]||0,l="".concat(c," ").concat(p);n[c]=p+1;var d=o(l),u={css:i[1],media:i[2],sourceMap:i[3],supports:i[4],layer:i[5]};if(-1!==d)t[d].references++,t[d].updater(u);else{var m=function(e,t){var o=t.domAPI(t);return o.update(e),function(t){t?(t.css!==e.css||t.media!==e.media||t.sourceMap!==e.sourceMap||t.supports!==e.supports||t.layer!==e.layer)&&o.update(e=t):o.remove()}}(u,r);r.byIndex=a,t.splice(a,0,{identifier:l,updater:m,references:1})}s.push(l)}return s}e.exports=function(e,n){var s=r(e=e||[],n=n||{});return function(e){e=e||[];for(var a=0;a<s.length;a++){var i=o(s[a]);t[i].references--}for(var c=r(e,n),p=0;p<s.length;p++){var l=o(s[p]);0===t[l].references&&(t[l].updater(),t.splice(l,1))}s=c}}},"./node_modules/style-loader/dist/runtime/insertBySelector.js"(e){var t={};e.exports=function(e,o){var r=function(e){if(void 0===t[e]){var o=document.querySelector(e);if(window.HTMLIFrameElement&&o instanceof window.HTMLIFrameElement)try{o=o.contentDocument.head}catch(e){o=null}t[e]=o}return t[e]}(e);if(!r)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");r.appendChild(o)}},"./node_modules/style-loader/dist/runtime/insertStyleElement.js"(e){e.exports=function(e){var t=document.createElement("style");return e.setAttributes(t,e.attributes),e.insert(t,e.options),t}},"./node_modules/style-loader/dist/runtime/setAttributesWithoutAttributes.js"(e,t,o){e.exports=function(e){var t=o.nc;t&&e.setAttribute("nonce",t)}},"./node_modules/style-loader/dist/runtime/styleDomAPI.js"(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var t=e.insertStyleElement(e);return{update:function(o){var r,n,s;r="",o.supports&&(r+="@supports (".concat(o.supports,") {")),o.media&&(r+="@media ".concat(o.media," {")),(n=void 0!==o.layer)&&(r+="@layer".concat(o.layer.length>0?" ".concat(o.layer):""," {")),r+=o.css,n&&(r+="}"),o.media&&(r+="}"),o.supports&&(r+="}"),(s=o.sourceMap)&&"u">typeof btoa&&(r+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(s))))," */")),e.styleTagTransform(r,t,e.options)},remove:function(){var e;null===(e=t).parentNode||e.parentNode.removeChild(e)}}}},"./node_modules/style-loader/dist/runtime/styleTagTransform.js"(e){e.exports=function(e,t){if(t.styleSheet)t.styleSheet.cssText=e;else{for(;t.firstChild;)t.removeChild(t.firstChild);t.appendChild(document.createTextNode(e))}}}}]);
"use strict";(self.rspackChunkcontainer_workbook=self.rspackChunkcontainer_workbook||[]).push([[76],{724(e,r,t){var o=t(601),n=t.n(o),a=t(314),c=(t.n(a))()(n());c.push([e.id,`/* Colours are JupyterLab's where there are any; the plain page brings none and takes the others. */

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
`,""]),t.d(r,{},{A:c})},314(e){e.exports=function(e){var r=[];return r.toString=function(){return this.map(function(r){var t="",o=void 0!==r[5];return r[4]&&(t+="@supports (".concat(r[4],") {")),r[2]&&(t+="@media ".concat(r[2]," {")),o&&(t+="@layer".concat(r[5].length>0?" ".concat(r[5]):""," {")),t+=e(r),o&&(t+="}"),r[2]&&(t+="}"),r[4]&&(t+="}"),t}).join("")},r.i=function(e,t,o,n,a){"string"==typeof e&&(e=[[null,e,void 0]]);var c={};if(o)for(var i=0;i<this.length;i++){var p=this[i][0];null!=p&&(c[p]=!0)}for(var s=0;s<e.length;s++){var l=[].concat(e[s]);o&&c[l[0]]||(void 0!==a&&(void 0===l[5]||(l[1]="@layer".concat(l[5].length>0?" ".concat(l[5]):""," {").concat(l[1],"}")),l[5]=a),t&&(l[2]&&(l[1]="@media ".concat(l[2]," {").concat(l[1],"}")),l[2]=t),n&&(l[4]?(l[1]="@supports (".concat(l[4],") {").concat(l[1],"}"),l[4]=n):l[4]="".concat(n)),r.push(l))}},r}},601(e){e.exports=function(e){return e[1]}},807(e,r,t){t.r(r);var o=t(72),n=t.n(o),a=t(825),c=t.n(a),i=t(659),p=t.n(i),s=t(56),l=t.n(s),d=t(540),u=t.n(d),w=t(113),f=t.n(w),m=t(724),h={};h.styleTagTransform=f(),h.setAttributes=l(),h.insert=p().bind(null,"head"),h.domAPI=c(),h.insertStyleElement=u(),n()(m.A,h);let v=m.A&&m.A.locals?m.A.locals:void 0;t.d(r,{},{default:v})},72(e){var r=[];function t(e){for(var t=-1,o=0;o<r.length;o++)if(r[o].identifier===e){t=o;break}return t}function o(e,o){for(var n={},a=[],c=0;c<e.length;c++){var i=e[c],p=o.base?i[0]+o.base:i[0],s=n[p]||0,l="".concat(p," ").concat(s);n[p]=s+1;var d=t(l),u={css:i[1],media:i[2],sourceMap:i[3],supports:i[4],layer:i[5]};if(-1!==d)r[d].references++,r[d].updater(u);else{var w=function(e,r){var t=r.domAPI(r);return t.update(e),function(r){r?(r.css!==e.css||r.media!==e.media||r.sourceMap!==e.sourceMap||r.supports!==e.supports||r.layer!==e.layer)&&t.update(e=r):t.remove()}}(u,o);o.byIndex=c,r.splice(c,0,{identifier:l,updater:w,references:1})}a.push(l)}return a}e.exports=function(e,n){var a=o(e=e||[],n=n||{});return function(e){e=e||[];for(var c=0;c<a.length;c++){var i=t(a[c]);r[i].references--}for(var p=o(e,n),s=0;s<a.length;s++){var l=t(a[s]);0===r[l].references&&(r[l].updater(),r.splice(l,1))}a=p}}},659(e){var r={};e.exports=function(e,t){var o=function(e){if(void 0===r[e]){var t=document.querySelector(e);if(window.HTMLIFrameElement&&t instanceof window.HTMLIFrameElement)try{t=t.contentDocument.head}catch(e){t=null}r[e]=t}return r[e]}(e);if(!o)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");o.appendChild(t)}},540(e){e.exports=function(e){var r=document.createElement("style");return e.setAttributes(r,e.attributes),e.insert(r,e.options),r}},56(e,r,t){e.exports=function(e){var r=t.nc;r&&e.setAttribute("nonce",r)}},825(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var r=e.insertStyleElement(e);return{update:function(t){var o,n,a;o="",t.supports&&(o+="@supports (".concat(t.supports,") {")),t.media&&(o+="@media ".concat(t.media," {")),(n=void 0!==t.layer)&&(o+="@layer".concat(t.layer.length>0?" ".concat(t.layer):""," {")),o+=t.css,n&&(o+="}"),t.media&&(o+="}"),t.supports&&(o+="}"),(a=t.sourceMap)&&"u">typeof btoa&&(o+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(a))))," */")),e.styleTagTransform(o,r,e.options)},remove:function(){var e;null===(e=r).parentNode||e.parentNode.removeChild(e)}}}},113(e){e.exports=function(e,r){if(r.styleSheet)r.styleSheet.cssText=e;else{for(;r.firstChild;)r.removeChild(r.firstChild);r.appendChild(document.createTextNode(e))}}}}]);
"use strict";
// Furo opens its two drawers by labels of boxes that no keyboard reaches: their icons become
// buttons, and Escape closes a drawer.
document.addEventListener("DOMContentLoaded", () => {
  for (const icon of document.querySelectorAll("label[for^='__'] > .icon")) {
    const box = document.getElementById(icon.parentElement.htmlFor);
    const isMenu = box.id === "__navigation";
    const tell = () => icon.setAttribute("aria-expanded", box.checked);
    icon.tabIndex = 0;
    icon.setAttribute("role", "button");
    icon.setAttribute("aria-label", isMenu ? "Menu" : "On this page");
    icon.addEventListener("keydown", (event) => {
      if (!["Enter", " "].includes(event.key)) return;
      event.preventDefault();
      icon.click();
      if (box.checked) document.querySelector(isMenu ? ".sidebar-drawer a" : ".toc-drawer a")?.focus();
    });
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !box.checked || !icon.offsetParent) return;
      box.click();
      icon.focus();
    });
    box.addEventListener("change", tell);
    tell();
  }
});

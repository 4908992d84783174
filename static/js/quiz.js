// Digits choose an answer: the nth, or where one stands among the levels of certainty, the nth of those.

export function choose(card, digit, event) {
  const group = event.target.closest("fieldset.sure") ? ".sure" : ".options";
  const choices = card.querySelectorAll(`fieldset${group} :is([type=radio], [type=checkbox])`);
  const chosen = choices[digit - 1];
  if (!chosen) return;
  event.preventDefault();
  chosen.focus();
  chosen.checked = chosen.type === "radio" ? true : !chosen.checked;
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
}

import type { LIST_COLORS } from "#app/lists/list.ts";

export const DEMO_LISTS = [
  { name: "Home", color: "green" },
  { name: "Work", color: "blue" },
  { name: "Health", color: "red" },
  { name: "Travel", color: "teal" },
  { name: "Someday", color: "purple" },
] as const satisfies { name: string; color: (typeof LIST_COLORS)[number] }[];

/** Days count from today; a task without a list is in the Inbox. */
export interface DemoTask {
  title: string;
  list?: (typeof DEMO_LISTS)[number]["name"];
  labels?: string[];
  priority?: 1 | 2 | 3;
  due?: number;
  /** `HH:MM`. */
  time?: string;
  timezone?: string;
  start?: number;
  rrule?: string;
  anchor?: "completion";
  notes?: string;
  subtasks?: { title: string; isDone?: true }[];
  isDone?: true;
  isTrashed?: true;
}

export const DEMO_TASKS: DemoTask[] = [
  { title: "Renew the library card", due: -3, labels: ["errand"] },
  { title: "Reply to the landlord about the boiler", due: -1, priority: 2, labels: ["email"] },
  { title: "Look up how to repot a fern" },
  { title: "Return the borrowed drill", labels: ["errand"] },
  { title: "Find a gift for the birthday party", due: 6, priority: 1, notes: "Something small: a book, or a plant." },
  { title: "Water the plants", list: "Home", due: 0, rrule: "FREQ=DAILY;INTERVAL=3", labels: ["plants"] },
  { title: "Take out the paper bin", list: "Home", due: 1, time: "07:30", rrule: "FREQ=WEEKLY;INTERVAL=2" },
  { title: "Pay the rent", list: "Home", due: 4, priority: 3, rrule: "FREQ=MONTHLY", labels: ["money"] },
  { title: "Change the water filter", list: "Home", due: 20, rrule: "FREQ=MONTHLY;INTERVAL=2", anchor: "completion" },
  {
    title: "Repaint the hallway",
    list: "Home",
    due: 9,
    start: 5,
    notes: "Two coats. The colour is **warm white**; the tin in the cellar may be enough.",
    subtasks: [{ title: "Buy rollers and tape", isDone: true }, { title: "Move the shelf" }, { title: "Mask the door frames" }],
  },
  { title: "Fix the squeaky door", list: "Home", priority: 1 },
  { title: "Compare electricity tariffs", list: "Home", labels: ["money"], due: 13 },
  {
    title: "Prepare the quarterly report",
    list: "Work",
    due: 2,
    time: "12:00",
    priority: 3,
    labels: ["deep work"],
    subtasks: [
      { title: "Collect the numbers", isDone: true },
      { title: "Update the charts" },
      { title: "Write the summary" },
      { title: "Ask for a review" },
    ],
  },
  { title: "Team meeting", list: "Work", due: 1, time: "09:30", rrule: "FREQ=WEEKLY" },
  { title: "Call with the Tokyo office", list: "Work", due: 3, time: "16:00", timezone: "Asia/Tokyo" },
  { title: "Answer the survey on tools", list: "Work", due: 0, labels: ["email"] },
  { title: "Review the draft of the handbook", list: "Work", due: 0, time: "15:00", priority: 2, labels: ["deep work"] },
  { title: "Clean up old branches", list: "Work" },
  { title: "Book a room for the workshop", list: "Work", due: 5, labels: ["email"] },
  { title: "Write down ideas for the next quarter", list: "Work", start: 7, labels: ["deep work"] },
  { title: "Call the dentist", list: "Health", due: 0, time: "10:00", priority: 2, labels: ["phone"] },
  { title: "Go for a run", list: "Health", due: 0, rrule: "FREQ=DAILY;INTERVAL=2", anchor: "completion" },
  { title: "Take vitamins", list: "Health", due: 0, time: "08:00", rrule: "FREQ=DAILY" },
  { title: "Order new contact lenses", list: "Health", due: 11, rrule: "FREQ=MONTHLY;INTERVAL=3" },
  { title: "Book a flu shot", list: "Health", due: -6, labels: ["phone"] },
  {
    title: "Plan the trip to the coast",
    list: "Travel",
    due: 30,
    priority: 1,
    notes: "- Train is faster than the bus\n- The museum is closed on Mondays\n\nSee <https://example.com/coast>.",
    subtasks: [
      { title: "Compare trains", isDone: true },
      { title: "Book a place to stay" },
      { title: "Check the weather" },
      { title: "Pack the rain jackets" },
    ],
  },
  { title: "Check that the passport is valid", list: "Travel", due: 8 },
  { title: "Download offline maps", list: "Travel", due: 28, start: 25 },
  { title: "Learn to bake sourdough", list: "Someday" },
  { title: "Read the book on bridges", list: "Someday", notes: "Chapter 4 next." },
  { title: "Digitize the old photos", list: "Someday", subtasks: [{ title: "Find the box" }, { title: "Borrow a scanner" }] },
  { title: "Try the climbing hall", list: "Someday", labels: ["sport"] },
  { title: "Buy light bulbs", list: "Home", isDone: true, labels: ["errand"] },
  { title: "File the tax return", due: -2, priority: 3, isDone: true, labels: ["money"] },
  { title: "Back up the laptop", due: 0, rrule: "FREQ=MONTHLY", isDone: true },
  { title: "Send the invoice for October", list: "Work", isDone: true, labels: ["email", "money"] },
  { title: "Sign up for the swimming class", list: "Health", isDone: true, labels: ["sport"] },
  { title: "Cancel the trial subscription", due: 1, isTrashed: true, labels: ["money"] },
  { title: "Buy concert tickets", list: "Someday", isTrashed: true },
  { title: "Old notes", isTrashed: true, notes: "Nothing of importance." },
];

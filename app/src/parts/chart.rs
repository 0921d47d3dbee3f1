//! Charts as SVG: what `portfolio::chart` has worked out, with the classes that colour it. No style of its own: the page's policy
//! allows none.

use leptos::prelude::*;
use portfolio::{
    chart::{Column, Columns, Course, Frame, Tick},
    dashboard::Moves,
    french,
    language::{n, t},
};

/// The length of a bar, in units.
const BAR: u64 = 1000;

/// One figure as a bar, beside which it stands as a number: so it is drawn for the eye alone.
#[component]
pub fn Bar(
    /// How many.
    part: u64,
    /// Of how many, which is the longest bar.
    whole: u64,
) -> impl IntoView {
    let length = u128::from(part) * u128::from(BAR) / u128::from(whole.max(1));
    // The smallest part is still seen.
    let width = length.max(u128::from(part > 0) * 6).to_string();
    view! {
        <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="value" width=width height="10" />
        </svg>
    }
}

/// What came and went, month by month.
#[component]
pub fn ColumnChart(
    /// The months in their order.
    movement: Vec<Moves>,
    /// What it shows, in a sentence.
    summary: String,
) -> impl IntoView {
    let moves: Vec<(u64, u64)> = movement
        .iter()
        .map(|moves| (moves.added, moves.ended))
        .collect();
    SIZES.map(|size| {
        let Columns {
            up,
            down,
            middles,
            ticks,
            base,
        } = Columns::of(&moves, size.frame);
        let columns = movement
            .iter()
            .zip(up.into_iter().zip(down))
            .map(|(moves, (up, down))| view! {
                <g>
                    <title>{month_told(moves)}</title>
                    {rect("up", up)}
                    {rect("down", down)}
                </g>
            })
            .collect_view();
        let (grid, months) = (grid(size.frame, &ticks), months(&movement, &middles, size));
        view! {
            <Drawing size id="mouvements" title=t("Clients ajoutés et résiliés par mois") summary=summary.clone()>
                {grid}
                {columns}
                <line class="base" x1=size.frame.left x2=size.frame.right() y1=base y2=base />
                {months}
            </Drawing>
        }
    })
}

/// How many there were at the end of each month.
#[component]
pub fn CourseChart(
    /// The months in their order.
    movement: Vec<Moves>,
    /// What it shows, in a sentence.
    summary: String,
) -> impl IntoView {
    let numbers: Vec<u64> = movement.iter().map(|moves| moves.managed).collect();
    SIZES.map(|size| {
        let Course {
            points,
            ticks,
            line,
            area,
        } = Course::of(&numbers, size.frame);
        let middles: Vec<i64> = points.iter().map(|(x, _)| *x).collect();
        let marks = movement
            .iter()
            .zip(points)
            .map(|(moves, (x, y))| view! {
                <circle class="point" cx=x cy=y r="3.5"><title>{month_told(moves)}</title></circle>
            })
            .collect_view();
        let (grid, months) = (grid(size.frame, &ticks), months(&movement, &middles, size));
        view! {
            <Drawing size id="total" title=t("Clients gérés en fin de mois") summary=summary.clone()>
                {grid}
                <path class="area" d=area />
                <path class="line" d=line />
                {marks}
                {months}
            </Drawing>
        }
    })
}

/// A drawing for one width of the page: the style sheet shows one of the two.
#[derive(Clone, Copy)]
struct Size {
    class: &'static str,
    frame: Frame,
    /// One month in so many is named.
    every: usize,
}

const SIZES: [Size; 2] = [
    Size {
        class: "chart",
        frame: Frame::WIDE,
        every: 1,
    },
    Size {
        class: n("chart small"),
        frame: Frame::NARROW,
        every: 3,
    },
];

#[component]
fn Drawing(
    size: Size,
    id: &'static str,
    title: &'static str,
    summary: String,
    children: Children,
) -> impl IntoView {
    let frame = size.frame;
    let id = format!("{id}-{}", frame.width);
    let (titled, described) = (format!("{id}-titre"), format!("{id}-resume"));
    view! {
        <svg
            class=size.class
            viewBox=format!("0 0 {} {}", frame.width, frame.height)
            role="img"
            aria-labelledby=titled
            aria-describedby=described
        >
            <title id=titled.clone()>{title}</title>
            <desc id=described.clone()>{summary}</desc>
            {children()}
        </svg>
    }
}

fn rect(class: &'static str, column: Column) -> Option<impl IntoView> {
    let Column {
        x,
        y,
        width,
        height,
    } = column;
    (height > 0).then(|| view! { <rect class=class x=x y=y width=width height=height /> })
}

/// The lines of the value axis, and their figures. What lies below nought is told without its sign.
fn grid(frame: Frame, ticks: &[Tick]) -> impl IntoView + use<> {
    ticks
        .iter()
        .map(|tick| {
            view! {
                <line class="grid" x1=frame.left x2=frame.right() y1=tick.y y2=tick.y />
                <text class="figure" x={frame.left - 8} y={tick.y + 4} text-anchor="end">
                    {french::number(tick.value.unsigned_abs())}
                </text>
            }
        })
        .collect_view()
}

/// The names of the months, the last one always.
fn months(movement: &[Moves], middles: &[i64], size: Size) -> impl IntoView + use<> {
    let y = size.frame.height - size.frame.bottom + 18;
    let last = movement.len().saturating_sub(1);
    movement
        .iter()
        .zip(middles)
        .enumerate()
        .filter(|(n, _)| (last - n).is_multiple_of(size.every))
        .map(|(_, (moves, x))| {
            view! {
                <text x=*x y=y text-anchor="middle">{moves.month.short()}</text>
            }
        })
        .collect_view()
}

/// « novembre 2026 : 12 ajoutés, 3 résiliés, 312 gérés ».
fn month_told(moves: &Moves) -> String {
    format!(
        "{}\u{a0}: {}, {}, {}",
        moves.month.long(),
        french::count(moves.added, "ajouté", "ajoutés"),
        french::count(moves.ended, "résilié", "résiliés"),
        french::count(moves.managed, "géré", "gérés"),
    )
}

"""The table of everything that a person can do in the window."""

from collections.abc import Callable

from verbatlas.app.actions import Action, Menu, Situation
from verbatlas.app.choice_menus import fill_languages, fill_recent, fill_samples, fill_schemes
from verbatlas.app.cluster_commands import ClusterCommands
from verbatlas.app.commands import Commands
from verbatlas.app.desk_deeds import DeskDeeds
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.words import gettext as _


def window_actions(
    commands: Commands,
    clusters: ClusterCommands,
    deeds: DeskDeeds,
    own: LivePreferences,
    *,
    show_models: Callable[[], None],
    show_shortcuts: Callable[[], None],
) -> list[Action]:
    """Return the actions of the window, in the order of its menus."""
    return [
        *_file(commands, own, show_models),
        *_edit(commands),
        *_clusters(commands, clusters, deeds),
        *_no_cluster(deeds),
        *_view(commands, own),
        *_help(commands, show_shortcuts),
    ]


def _file(commands: Commands, own: LivePreferences, show_models: Callable[[], None]) -> list[Action]:
    return [
        Action(
            name="open",
            title=_("&Open…"),
            run=commands.choose_file,
            menu=Menu.FILE,
            shortcuts=("Ctrl+O",),
            icon="open",
            when=_is_idle,
            in_toolbar=_("Open"),
        ),
        Action(
            name="recent",
            title=_("Open &recent"),
            menu=Menu.FILE,
            submenu=lambda menu: fill_recent(menu, own.preferences, commands.open_file),
        ),
        Action(
            name="samples",
            title=_("&Samples"),
            menu=Menu.FILE,
            submenu=lambda menu: fill_samples(menu, commands.open_sample),
        ),
        Action(
            name="export",
            title=_("&Export the labelled table…"),
            run=commands.export_table,
            menu=Menu.FILE,
            shortcuts=("Ctrl+E",),
            icon="export",
            when=_has_map_and_is_idle,
            in_toolbar=_("Export"),
            starts_group=True,
        ),
        Action(
            name="picture",
            title=_("Export the map as a &picture…"),
            run=commands.export_picture,
            menu=Menu.FILE,
            shortcuts=("Ctrl+Shift+E",),
            when=_has_map_and_is_idle,
        ),
        Action(
            name="report",
            title=_("Export a report for o&thers…"),
            run=commands.export_report,
            menu=Menu.FILE,
            shortcuts=("Ctrl+Shift+R",),
            when=_has_map_and_is_idle,
        ),
        Action(
            name="save_copy",
            title=_("Save a &copy of the study…"),
            run=commands.save_copy,
            menu=Menu.FILE,
            shortcuts=("Ctrl+Shift+S",),
            when=_has_study_and_is_idle,
        ),
        Action(
            name="models",
            title=_("&Models…"),
            run=show_models,
            menu=Menu.FILE,
            shortcuts=("Ctrl+Shift+L",),
            starts_group=True,
        ),
        Action(
            name="close_study",
            title=_("C&lose the study"),
            run=commands.close_study,
            menu=Menu.FILE,
            shortcuts=("Ctrl+W",),
            when=_has_study_and_is_idle,
            starts_group=True,
        ),
        Action(name="quit", title=_("&Quit"), run=commands.quit, menu=Menu.FILE, shortcuts=("Ctrl+Q",)),
    ]


def _edit(commands: Commands) -> list[Action]:
    return [
        Action(
            name="undo",
            title=_("&Undo"),
            run=commands.undo,
            menu=Menu.EDIT,
            shortcuts=("Ctrl+Z",),
            icon="undo",
            when=lambda situation: situation.undo and _can_edit(situation),
            in_toolbar=_("Undo"),
        ),
        Action(
            name="redo",
            title=_("&Redo"),
            run=commands.redo,
            menu=Menu.EDIT,
            shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"),
            icon="redo",
            when=lambda situation: situation.redo and _can_edit(situation),
            in_toolbar=_("Redo"),
        ),
        Action(
            name="find_action",
            title=_("Find an &action…"),
            run=commands.find_action,
            menu=Menu.EDIT,
            shortcuts=("Ctrl+K",),
            starts_group=True,
        ),
        Action(
            name="search",
            title=_("&Search the comments"),
            run=commands.search,
            menu=Menu.EDIT,
            shortcuts=("Ctrl+Shift+F",),
            when=_has_map,
        ),
        Action(
            name="find",
            title=_("&Find a cluster"),
            run=commands.find_cluster,
            menu=Menu.EDIT,
            shortcuts=("Ctrl+F",),
            when=_has_map,
        ),
    ]


def _clusters(commands: Commands, clusters: ClusterCommands, deeds: DeskDeeds) -> list[Action]:
    return [
        Action(
            name="update",
            title=_("&Update the clusters"),
            run=commands.update,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+R", "F5"),
            icon="update",
            when=lambda situation: situation.is_outdated and not situation.busy,
            in_toolbar=_("Update"),
        ),
        Action(
            name="cancel",
            title=_("&Stop the calculation"),
            run=commands.cancel,
            menu=Menu.CLUSTERS,
            shortcuts=("Esc",),
            when=lambda situation: situation.busy,
        ),
        Action(
            name="review",
            title=_("Revie&w the clusters one by one"),
            run=deeds.review,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+J",),
            when=lambda situation: situation.has_map and not situation.read_only,
            starts_group=True,
        ),
        Action(
            name="second_look",
            title=_("Look over the dou&btful parts"),
            run=deeds.second_look,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+Shift+D",),
            when=lambda situation: situation.has_map and not situation.read_only,
        ),
        Action(
            name="learn",
            title=_("L&earn from the names"),
            run=deeds.learn,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+Shift+J",),
            when=lambda situation: situation.has_map and not situation.read_only and not situation.busy,
        ),
        Action(
            name="rename",
            title=_("Re&name the cluster"),
            run=clusters.rename,
            menu=Menu.CLUSTERS,
            shortcuts=("F2",),
            icon="rename",
            when=lambda situation: situation.has_cluster and not situation.read_only,
            starts_group=True,
        ),
        Action(
            name="merge",
            title=_("&Merge clusters…"),
            run=clusters.merge,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+M",),
            when=_can_edit_cluster,
        ),
        Action(
            name="split",
            title=_("S&plit the cluster…"),
            run=deeds.split,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+Shift+P",),
            when=_can_edit_cluster,
        ),
        Action(
            name="group",
            title=_("&Group clusters…"),
            run=clusters.group,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+G",),
            when=_can_edit_cluster,
        ),
        Action(
            name="ungroup",
            title=_("D&issolve the group"),
            run=clusters.ungroup,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+Shift+G",),
            when=_can_edit_cluster,
        ),
        Action(
            name="lock",
            title=_("&Lock or unlock"),
            run=clusters.toggle_lock,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+L",),
            when=_can_edit_cluster,
        ),
        Action(
            name="delete",
            title=_("&Delete (its comments get no cluster)"),
            run=clusters.delete,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+Del",),
            when=_can_edit_cluster,
        ),
        Action(
            name="new_cluster",
            title=_("Ma&ke a new cluster of the selected comments…"),
            run=clusters.new_of_selection,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+Shift+N",),
            when=_can_edit_chosen,
            starts_group=True,
        ),
        Action(
            name="move_selection",
            title=_("Move the selected &comments to…"),
            run=clusters.move_selection,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+Shift+M",),
            when=_can_edit_chosen,
        ),
        Action(
            name="take_out",
            title=_("&Take the selected comments out of their clusters"),
            run=clusters.take_selection_out,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+Shift+X",),
            when=_can_edit_chosen,
        ),
        Action(
            name="alike",
            title=_("Select simila&r comments"),
            run=deeds.alike,
            menu=Menu.CLUSTERS,
            shortcuts=("Ctrl+Shift+A",),
            when=lambda situation: situation.has_chosen or situation.has_document,
        ),
        Action(
            name="next_comment",
            title=_("Ne&xt comment of the cluster"),
            run=commands.next_comment,
            menu=Menu.CLUSTERS,
            shortcuts=("Alt+Down",),
            when=_has_map,
            starts_group=True,
        ),
        Action(
            name="previous_comment",
            title=_("Pre&vious comment of the cluster"),
            run=commands.previous_comment,
            menu=Menu.CLUSTERS,
            shortcuts=("Alt+Up",),
            when=_has_map,
        ),
    ]


def _no_cluster(deeds: DeskDeeds) -> list[Action]:
    return [
        Action(
            name="show_noise",
            title=_("Show &where they would go"),
            run=deeds.show_noise,
            menu=Menu.NO_CLUSTER,
            shortcuts=("Ctrl+T",),
            when=_has_map,
        ),
        Action(
            name="assign_noise",
            title=_("&Assign these"),
            run=deeds.assign_noise,
            menu=Menu.NO_CLUSTER,
            shortcuts=("Ctrl+Shift+T",),
            when=_can_edit_noise,
        ),
        Action(
            name="assign_all_noise",
            title=_("&Every comment gets a cluster"),
            run=deeds.assign_all_noise,
            menu=Menu.NO_CLUSTER,
            shortcuts=("Ctrl+Shift+O",),
            when=_can_edit_noise,
        ),
        Action(
            name="find_in_noise",
            title=_("&Find clusters in these"),
            run=deeds.find_in_noise,
            menu=Menu.NO_CLUSTER,
            shortcuts=("Ctrl+Shift+C",),
            when=_can_edit_noise,
        ),
        Action(
            name="select_noise",
            title=_("&Select them"),
            run=deeds.select_noise,
            menu=Menu.NO_CLUSTER,
            shortcuts=("Ctrl+Shift+I",),
            when=lambda situation: situation.has_noise,
        ),
    ]


def _view(commands: Commands, own: LivePreferences) -> list[Action]:
    return [
        Action(
            name="fit",
            title=_("Show the &whole map"),
            run=commands.fit_map,
            menu=Menu.VIEW,
            shortcuts=("Ctrl+0",),
            icon="fit",
            when=_has_map,
            in_toolbar=_("Whole map"),
        ),
        Action(
            name="panels",
            title=_("&Panels"),
            menu=Menu.VIEW,
            submenu=commands.fill_panels,
            starts_group=True,
        ),
        Action(
            name="history",
            title=_("&History"),
            run=commands.show_history,
            menu=Menu.VIEW,
            shortcuts=("Ctrl+H",),
            when=_has_map,
        ),
        Action(
            name="colours",
            title=_("&Colours"),
            menu=Menu.VIEW,
            submenu=lambda menu: fill_schemes(menu, own.preferences, own.use_scheme),
            starts_group=True,
        ),
        Action(
            name="language",
            title=_("&Language"),
            menu=Menu.VIEW,
            submenu=lambda menu: fill_languages(menu, own.preferences, own.use_language),
        ),
    ]


def _help(commands: Commands, show_shortcuts: Callable[[], None]) -> list[Action]:
    return [
        Action(
            name="shortcuts",
            title=_("&Keyboard shortcuts"),
            run=show_shortcuts,
            menu=Menu.HELP,
            shortcuts=("F1", "?"),
        ),
        Action(name="log", title=_("Show the &log folder"), run=commands.show_log, menu=Menu.HELP),
        Action(name="about", title=_("&About Verbatlas"), run=commands.show_about, menu=Menu.HELP),
    ]


def _is_idle(situation: Situation) -> bool:
    return not situation.busy


def _has_map(situation: Situation) -> bool:
    return situation.has_map


def _has_map_and_is_idle(situation: Situation) -> bool:
    return situation.has_map and not situation.busy


def _has_study_and_is_idle(situation: Situation) -> bool:
    return situation.has_study and not situation.busy


def _can_edit(situation: Situation) -> bool:
    return not situation.busy and not situation.read_only


def _can_edit_cluster(situation: Situation) -> bool:
    return situation.has_cluster and _can_edit(situation)


def _can_edit_chosen(situation: Situation) -> bool:
    return situation.has_chosen and _can_edit(situation)


def _can_edit_noise(situation: Situation) -> bool:
    return situation.has_noise and _can_edit(situation)

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en_US">
<context>
    <name></name>
    <message>
        <location filename="../actions.py" line="26"/>
        <source>New Board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="27"/>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="28"/>
        <source>Open the Example Story</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="29"/>
        <source>Import Story or Shot List…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="30"/>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="31"/>
        <source>Close Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="32"/>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="34"/>
        <source>Preferences…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="35"/>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="36"/>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="37"/>
        <source>Add Panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="38"/>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="39"/>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="40"/>
        <source>Merge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="41"/>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="42"/>
        <source>Move Earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="43"/>
        <source>Move Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="44"/>
        <source>Select All Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="45"/>
        <source>Plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="46"/>
        <source>Draw Missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="47"/>
        <source>Draw Selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="48"/>
        <source>Draw All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="49"/>
        <source>Re-roll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="50"/>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="52"/>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="53"/>
        <source>Larger Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="54"/>
        <source>Smaller Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="55"/>
        <source>Usual Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="56"/>
        <source>Slideshow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="57"/>
        <source>Full Screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="59"/>
        <source>About Storyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="60"/>
        <source>Open Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="61"/>
        <source>Panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="71"/>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="76"/>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="80"/>
        <source>&amp;Board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="83"/>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../actions.py" line="86"/>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BenchmarkDock</name>
    <message>
        <location filename="../benchmark_dock.py" line="56"/>
        <source>Live benchmark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="63"/>
        <source>Memory of the render process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="66"/>
        <source>Panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="66"/>
        <source>Seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="66"/>
        <source>Predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="66"/>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="68"/>
        <source>Seconds for each panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="75"/>
        <source>Save PNG…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="77"/>
        <source>Save JSON…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="93"/>
        <source>{0} cannot be written: choose another folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="111"/>
        <location filename="../benchmark_dock.py" line="118"/>
        <source>Save the benchmark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="111"/>
        <source>Pictures (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="118"/>
        <source>Numbers (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="151"/>
        <source>text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="152"/>
        <source>image prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="153"/>
        <source>denoise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="154"/>
        <source>decode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="155"/>
        <source>save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="161"/>
        <source>cold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="161"/>
        <source>warm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="181"/>
        <source>Memory: no render process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="183"/>
        <source>Memory: {0} GiB now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../benchmark_dock.py" line="184"/>
        <source>, {0} GiB peak</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BoardEditor</name>
    <message>
        <location filename="../board_editor.py" line="41"/>
        <source>Add panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../board_editor.py" line="55"/>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../board_editor.py" line="69"/>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../board_editor.py" line="82"/>
        <source>Merge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../board_editor.py" line="91"/>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../board_editor.py" line="111"/>
        <source>Reorder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BoardModel</name>
    <message>
        <location filename="../board_model.py" line="146"/>
        <source>drawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../board_model.py" line="146"/>
        <source>not drawn yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../board_model.py" line="147"/>
        <source>Panel {0}, {1}, {2}: {3}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../board_model.py" line="183"/>
        <source>Reorder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BoardView</name>
    <message>
        <location filename="../board_view.py" line="60"/>
        <source>Board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../board_view.py" line="61"/>
        <source>The panels in reading order</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CastDock</name>
    <message>
        <location filename="../cast_dock.py" line="49"/>
        <source>Cast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="54"/>
        <source>Character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="56"/>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="57"/>
        <location filename="../cast_dock.py" line="171"/>
        <source>New character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="59"/>
        <location filename="../cast_dock.py" line="75"/>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="60"/>
        <source>Remove this character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="63"/>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="64"/>
        <source>Name of the character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="72"/>
        <source>Add…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="73"/>
        <source>Add reference pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="76"/>
        <source>Remove the selected reference picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="78"/>
        <source>Make character sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="80"/>
        <source>Draw the character once from the traits, and hold on to that picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="83"/>
        <source>Hold looks by reference pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="84"/>
        <source>Identity lock; without it the adapter costs nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="88"/>
        <source>Strength of the reference pictures, percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="92"/>
        <source>No characters yet. Plan a story, or press New.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="138"/>
        <source>Add reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="144"/>
        <source>Remove reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="152"/>
        <location filename="../cast_dock.py" line="278"/>
        <source>Reference pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="152"/>
        <source>Pictures ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="166"/>
        <location filename="../cast_dock.py" line="169"/>
        <source>Character {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="181"/>
        <source>Remove character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="186"/>
        <source>Rename character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="191"/>
        <source>Traits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../cast_dock.py" line="271"/>
        <source>Strength</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <location filename="../choices.py" line="67"/>
        <location filename="../choices.py" line="84"/>
        <source>this window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../choices.py" line="88"/>
        <source>{0}; until then, config.py holds</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <location filename="../document.py" line="202"/>
        <source>Not saved: {0}. The board is kept in the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../document.py" line="215"/>
        <source>A panel that is being drawn cannot leave the board: cancel the render first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EmptyBoard</name>
    <message>
        <location filename="../empty_board.py" line="23"/>
        <source>A board begins with a story</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../empty_board.py" line="29"/>
        <source>Write or paste it on the left, or drop a text file, and press Plan: the shots appear here at once. Then draw them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <location filename="../export_dialog.py" line="110"/>
        <location filename="../export_dialog.py" line="138"/>
        <location filename="../export_dialog.py" line="249"/>
        <location filename="../export_dialog.py" line="252"/>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="120"/>
        <location filename="../export_dialog.py" line="287"/>
        <source>Form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="127"/>
        <location filename="../export_dialog.py" line="288"/>
        <source>Paper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="130"/>
        <source>Where to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="131"/>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="135"/>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="158"/>
        <source>PDF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="158"/>
        <source>PNG pictures in a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="187"/>
        <source>Laying out the pages…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="201"/>
        <source>{0} of {1} panels have a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="215"/>
        <source>Page {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="259"/>
        <source>Choose where to write.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="262"/>
        <source>Writing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="289"/>
        <source>Write to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../export_dialog.py" line="304"/>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <location filename="../main_window.py" line="158"/>
        <source>This is an example story, laid out in six shots.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../main_window.py" line="159"/>
        <source>Draw it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../main_window.py" line="168"/>
        <source>Untitled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../main_window.py" line="261"/>
        <source>Rebuild the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../main_window.py" line="271"/>
        <source>Plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../main_window.py" line="289"/>
        <source>Pictures keep their shape until they are drawn again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../main_window.py" line="290"/>
        <source>Draw all again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../main_window.py" line="319"/>
        <source>Open a board&apos;s folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../main_window.py" line="324"/>
        <source>Stories and shot lists (*.txt *.md *.yaml *.yml)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../main_window.py" line="325"/>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../main_window.py" line="341"/>
        <source>Written: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../main_window.py" line="366"/>
        <source>Storyboard {0}

Turns a story into a storyboard on your own machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../main_window.py" line="367"/>
        <source>About Storyboard</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <location filename="../message_bar.py" line="37"/>
        <location filename="../message_bar.py" line="38"/>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../message_bar.py" line="45"/>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PanelDelegate</name>
    <message>
        <location filename="../panel_delegate.py" line="101"/>
        <source>{0} takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../panel_delegate.py" line="121"/>
        <source>step {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../panel_delegate.py" line="124"/>
        <source>next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../panel_delegate.py" line="124"/>
        <source>waiting, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../panel_delegate.py" line="133"/>
        <source>the last render failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../panel_delegate.py" line="137"/>
        <source>not drawn yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../panel_delegate.py" line="139"/>
        <source>the picture is missing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <location filename="../preferences.py" line="42"/>
        <source>Preferences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../preferences.py" line="49"/>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../preferences.py" line="62"/>
        <source>Saved for all boards, and used for the open one at once. A board&apos;s own settings, the environment and a picked mode win over what is saved here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../preferences.py" line="81"/>
        <source>Setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../preferences.py" line="81"/>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../preferences.py" line="81"/>
        <source>Where it comes from</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PromptView</name>
    <message>
        <location filename="../prompt_view.py" line="69"/>
        <source>Enhanced prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../prompt_view.py" line="70"/>
        <location filename="../prompt_view.py" line="84"/>
        <source>Negative prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../prompt_view.py" line="71"/>
        <source>Left out of the prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../prompt_view.py" line="130"/>
        <source>Left out, because the window is full: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../prompt_view.py" line="136"/>
        <source>left out:{0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReferencesView</name>
    <message>
        <location filename="../references_view.py" line="29"/>
        <source>Reference pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../references_view.py" line="30"/>
        <source>Drop pictures here, or paste one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../references_view.py" line="58"/>
        <source>Reference picture {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RenderControl</name>
    <message>
        <location filename="../render_control.py" line="64"/>
        <source>Every panel has its picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../render_control.py" line="64"/>
        <source>Draw all again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../render_control.py" line="87"/>
        <source>Plan a story first: a sheet needs a board.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../render_control.py" line="107"/>
        <source>Panels without a picture: {0}. Everything drawn before is here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../render_control.py" line="110"/>
        <location filename="../render_control.py" line="148"/>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../render_control.py" line="123"/>
        <source>New seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../render_control.py" line="141"/>
        <source>Not drawn: {0}. {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../render_control.py" line="142"/>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../render_control.py" line="147"/>
        <source>Stopped before the first panel was done.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShotInspector</name>
    <message>
        <location filename="../shot_inspector.py" line="63"/>
        <source>Shot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="76"/>
        <source>Select a panel on the board to see its shot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="146"/>
        <source>names, with commas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="151"/>
        <source> s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="155"/>
        <source>Name: words, one line each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="159"/>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="162"/>
        <source>Drawing the panel again uses the same seed, and so gives the same picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="164"/>
        <source>Re-roll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="165"/>
        <source>Draw this panel again with another seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="194"/>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="195"/>
        <source>In English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="196"/>
        <source>Dialogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="197"/>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="198"/>
        <source>Angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="199"/>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="200"/>
        <source>Characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="201"/>
        <source>Setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="202"/>
        <source>Time of day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="203"/>
        <source>Scene</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="204"/>
        <source>Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="205"/>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="210"/>
        <location filename="../shot_inspector.py" line="211"/>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="216"/>
        <source>Takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="219"/>
        <source>Prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="272"/>
        <source>Edit panel {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="304"/>
        <source>Pin take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../shot_inspector.py" line="304"/>
        <source>Show newest take</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Slideshow</name>
    <message>
        <location filename="../slideshow.py" line="27"/>
        <location filename="../slideshow.py" line="28"/>
        <source>Slideshow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../slideshow.py" line="101"/>
        <source>not drawn yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../slideshow.py" line="119"/>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SpeedBar</name>
    <message>
        <location filename="../speed_bar.py" line="48"/>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="53"/>
        <source>Speed mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="56"/>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="60"/>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="64"/>
        <source>Render status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="114"/>
        <source>{0} s a panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="116"/>
        <source>not measured yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="118"/>
        <source>{0} steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="121"/>
        <source>Seconds are measured on this machine, with this model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="123"/>
        <source>Starter model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="124"/>
        <source>SDXL 1.0 (download)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="128"/>
        <source>Model folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="129"/>
        <source>Checkpoint file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="140"/>
        <source>Model folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="143"/>
        <source>Checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="143"/>
        <source>Checkpoints (*.safetensors)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="161"/>
        <source>loading the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="163"/>
        <source>pausing after this panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="165"/>
        <source>stopping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="180"/>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../speed_bar.py" line="183"/>
        <source>, about {0} left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SpeedPlot</name>
    <message>
        <location filename="../plot.py" line="33"/>
        <location filename="../plot.py" line="69"/>
        <source>Iterations per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../plot.py" line="75"/>
        <source>Nothing has been drawn yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StageBar</name>
    <message>
        <location filename="../plot.py" line="111"/>
        <source>Time by stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../plot.py" line="132"/>
        <source>Time of the last panel, by stage</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StoryDock</name>
    <message>
        <location filename="../story_dock.py" line="72"/>
        <location filename="../story_dock.py" line="80"/>
        <source>Story</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="76"/>
        <location filename="../story_dock.py" line="77"/>
        <location filename="../story_dock.py" line="162"/>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="82"/>
        <source>Write or paste a story here, or drop a text file. Then press Plan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="89"/>
        <source>Language and length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="93"/>
        <source>Number of panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="97"/>
        <source>Frame, width to height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="102"/>
        <source>Plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="103"/>
        <source>Turn the story into shots at once, without drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="143"/>
        <source>Write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="154"/>
        <source>English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="154"/>
        <source>Russian</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="154"/>
        <source>Kazakh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="155"/>
        <source>words: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="176"/>
        <location filename="../story_dock.py" line="183"/>
        <source>Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../story_dock.py" line="182"/>
        <source>Panels</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TakesView</name>
    <message>
        <location filename="../takes_view.py" line="40"/>
        <source>Takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../takes_view.py" line="51"/>
        <source>Pin this take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../takes_view.py" line="53"/>
        <source>Show the newest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../takes_view.py" line="55"/>
        <source>No take yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../takes_view.py" line="87"/>
        <source>take {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../takes_view.py" line="89"/>
        <source>(pinned)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../takes_view.py" line="92"/>
        <source>seed {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TokenMeter</name>
    <message>
        <location filename="../prompt_view.py" line="31"/>
        <location filename="../prompt_view.py" line="45"/>
        <source>{0} of {1} tokens</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TraitsTable</name>
    <message>
        <location filename="../traits_table.py" line="52"/>
        <source>Traits, in the order of the prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../traits_table.py" line="53"/>
        <source>Trait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../traits_table.py" line="53"/>
        <source>Words, in English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../traits_table.py" line="65"/>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../traits_table.py" line="66"/>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../traits_table.py" line="67"/>
        <source>Up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../traits_table.py" line="68"/>
        <source>Down</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>duration</name>
    <message>
        <location filename="../duration_text.py" line="14"/>
        <source>{0} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../duration_text.py" line="17"/>
        <source>{0} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../duration_text.py" line="18"/>
        <source>{0} h {1} min</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>

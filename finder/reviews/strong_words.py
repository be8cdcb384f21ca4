"""Words that a list of strong language holds, and that people say of babies, places and food.

The list itself is npm's `cuss` (vendor/words/strong.txt); it is sure of these too, but a parent who
writes "poo everywhere" or "I felt stupid" is not to wait for a moderator. Nor is anybody who says
who they are.
"""

_PASSING = """
    barf beanbag beanbags bong boobies booby booty bung bunga chug chugs chunky cocky cumquat
    diddle dipstick dong doodoo dope dumb faeces farty flange floo gables geez geezer geni gummer
    gypsies gypsy hadji haji hajis hajji hajjis hillbillies hillbilly hobo honkers hooker hookers
    hooters hussy idiot jeez jig jigger jiggers jiggy jigs kumquat limey limy looser magicwand mams
    mocky moslem muff muncher niggle niggled niggles niggling noonan nudger orga pansies pansy payo
    peepee pollock pollocks pom poms poo poop pooper pooperscooper pooping pud pudd puke puss
    quickie rearend rere rigger scallywag slave sooties sooty spit spitter squinty stringer stupid
    sucker swallower taff tang threeway tinker tinkers triplex twinkie vomit weenie weewee welfare
    whacker whiz willie yank yanks
"""
ORDINARY = frozenset(_PASSING.split())

_HALF_SURE = """
    bastard bastards bitch bitches bitchy dickhead nazi nazis paedophile pedophile rapist scum shit
    shits shitty slag slags turd
"""
ALSO = frozenset(_HALF_SURE.split())
"""Words of which the list is half sure ("god" and "tinkle" among them), and we are not."""
